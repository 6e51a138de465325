package io.ocellus.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GroupSplitTest {
  private final GroupSplit split = new GroupSplit(0.2);

  @Test
  void everyClassHasItsShareHeldOut() {
    Map<String, ImageEntry> entries = new HashMap<>();
    for (int i = 0; i < 500; i++) {
      entries.put("a" + i, entry("a", "a" + i, ""));
      entries.put("b" + i, entry("b", "b" + i, ""));
    }
    Dataset data = Dataset.of(entries, split.sides(entries.values(), Map.of()));
    for (int label = 0; label < 2; label++) {
      int wanted = label;
      long heldOut = data.test().stream().filter(s -> s.label() == wanted).count();
      assertThat(heldOut / 500.0).isCloseTo(0.2, within(0.05));
    }
  }

  @Test
  void anImageStaysOnItsSideHoweverMuchComes() {
    Map<String, ImageEntry> few = new HashMap<>();
    for (int i = 0; i < 50; i++) {
      few.put("a" + i, entry("a", "a" + i, ""));
    }
    Map<String, Side> before = split.sides(few.values(), Map.of());
    Map<String, ImageEntry> many = new HashMap<>(few);
    for (int i = 50; i < 1000; i++) {
      many.put("a" + i, entry(i % 2 == 0 ? "a" : "b", "a" + i, ""));
    }
    assertThat(split.sides(many.values(), Map.of())).containsAllEntriesOf(before);
  }

  @Test
  void aGroupIsNeverOnBothSidesEvenWithSeveralClasses() {
    Map<String, ImageEntry> entries = new HashMap<>();
    for (int i = 0; i < 300; i++) {
      entries.put("i" + i, entry(i % 2 == 0 ? "a" : "b", "patient" + i % 40, ""));
    }
    Map<String, Side> sides = split.sides(entries.values(), Map.of());
    Dataset data = Dataset.of(entries, sides);
    assertThat(data.test())
        .extracting(s -> entries.get(s.id()).group())
        .doesNotContainAnyElementsOf(
            data.train().stream().map(s -> entries.get(s.id()).group()).toList());
  }

  @Test
  void theSendersWordMovesTheWholeGroup() {
    List<ImageEntry> entries = List.of(entry("a", "p", ""), entry("a", "p", "TEST"));
    assertThat(split.sides(entries, Map.of("p", Side.TRAIN))).containsEntry("p", Side.TEST);
  }

  @Test
  void aClassWithNothingOnOneSideHasOneGroupPinnedThereForGood() {
    Map<String, ImageEntry> entries = new HashMap<>();
    for (int i = 0; entries.size() < 3; i++) {
      if (split.byHash("g" + i) == Side.TRAIN) {
        entries.put("g" + i, entry("a", "g" + i, ""));
      }
    }
    Map<String, Side> pins = split.pins(entries.values(), Map.of());
    assertThat(pins).hasSize(1).containsValue(Side.TEST);
    assertThat(split.sides(entries.values(), pins)).containsAllEntriesOf(pins);
    assertThat(split.pins(entries.values(), pins)).isEmpty();
  }

  @Test
  void whatIsMissingIsSaidInWords() {
    Map<String, ImageEntry> entries = Map.of("x", entry("a", "x", ""));
    Dataset data = Dataset.of(entries, split.sides(entries.values(), Map.of()));
    assertThat(data.whyNotEnough(entries.values()).orElseThrow()).contains("one class, a");
  }

  @Test
  void aFractionThatIsNoneNamesTheSetting() {
    assertThatThrownBy(() -> new GroupSplit(1)).hasMessageContaining("split.test-fraction");
  }

  private static ImageEntry entry(String label, String group, String side) {
    return new ImageEntry(label, group, side, "", "hash", 0);
  }
}
