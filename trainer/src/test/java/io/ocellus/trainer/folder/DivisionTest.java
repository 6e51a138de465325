package io.ocellus.trainer.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocellus.trainer.data.Sample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DivisionTest {
  private static final double FIFTH = 0.2;

  private static ImageFile image(String id, String label, String group, Part part) {
    return new ImageFile(
        id, Path.of(id), label, Optional.ofNullable(group), Optional.ofNullable(part));
  }

  private static List<String> ids(List<Sample> samples) {
    return samples.stream().map(Sample::id).toList();
  }

  @Test
  void honoursThePartsOfTheDataSet() {
    Division division =
        Division.of(
            List.of(
                image("a", "cat", null, Part.TRAIN),
                image("b", "dog", null, Part.TRAIN),
                image("c", "cat", null, Part.VAL),
                image("d", "dog", null, Part.TEST)),
            FIFTH);

    assertThat(division.classes()).containsExactly("cat", "dog");
    assertThat(ids(division.train())).containsExactly("a", "b");
    assertThat(ids(division.val())).containsExactly("c");
    assertThat(ids(division.test())).containsExactly("d");
  }

  @Test
  void leavesImagesOutWhoseGroupLiesInALaterPart() {
    Division division =
        Division.of(
            List.of(
                image("a", "cat", "p1", Part.TRAIN),
                image("b", "dog", "p2", Part.TRAIN),
                image("c", "cat", "p3", Part.TRAIN),
                image("d", "cat", "p3", Part.VAL),
                image("e", "dog", "p4", Part.VAL),
                image("f", "dog", "p4", Part.TEST)),
            FIFTH);

    assertThat(ids(division.train())).containsExactly("a", "b");
    assertThat(ids(division.val())).containsExactly("d");
    assertThat(ids(division.test())).containsExactly("f");
    assertThat(division.leftOut()).extracting(left -> left.image().id()).containsExactly("e", "c");
  }

  @Test
  void holdsOutWholeGroupsWhereThereIsNoValPart() {
    List<ImageFile> images = new ArrayList<>();
    for (int group = 0; group < 50; group++) {
      for (int copy = 0; copy < 3; copy++) {
        String label = group % 2 == 0 ? "cat" : "dog";
        images.add(image(group + "-" + copy, label, "g" + group, null));
      }
    }

    Division division = Division.of(images, FIFTH);

    assertThat(groups(division.train())).doesNotContainAnyElementsOf(groups(division.val()));
    assertThat(division.train().size() + division.val().size()).isEqualTo(150);
    assertThat(division.val().size()).isBetween(9, 60);
    assertThat(division.test()).isEmpty();
    assertThat(division.rule()).contains("0.2");
  }

  private static List<String> groups(List<Sample> samples) {
    return samples.stream().map(sample -> sample.id().replaceAll("-.*", "")).distinct().toList();
  }

  @Test
  void saysWhatIsMissing() {
    assertThatThrownBy(() -> Division.of(List.of(image("a", "cat", null, null)), FIFTH))
        .hasMessageContaining("All images are of one class, cat");
    assertThatThrownBy(
            () ->
                Division.of(
                    List.of(image("a", "cat", null, Part.TRAIN), image("b", "dog", null, Part.VAL)),
                    FIFTH))
        .hasMessageContaining("nothing to learn from for dog");
  }
}
