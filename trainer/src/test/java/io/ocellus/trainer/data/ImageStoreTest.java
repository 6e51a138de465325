package io.ocellus.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocellus.failure.FailureReason;
import io.ocellus.image.Framing;
import io.ocellus.image.ImageSettings;
import io.ocellus.image.guard.ImageGuard;
import io.ocellus.testbed.SyntheticImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageStoreTest {
  @TempDir Path folder;

  @Test
  void imagesAndOffsetsSurviveAKilledProcess() throws IOException {
    Path copy = Files.createDirectory(folder.resolve("copy"));
    try (ImageStore store = ImageStore.open(folder, Framing.stretch(8))) {
      store.reread("topic");
      store.begin(0, 3);
      store.apply(List.of(image("a", "h1"), image("b", "h2")), Map.of(0, 5L));
      Files.copy(folder.resolve("labelled-images.mv"), copy.resolve("labelled-images.mv"));
      store.apply(List.of(image("c", "h3")), Map.of(0, 6L));
    }
    try (ImageStore store = ImageStore.open(copy, Framing.stretch(8))) {
      Snapshot snapshot = store.snapshot("t");
      assertThat(snapshot.entries()).containsOnlyKeys("a", "b");
      assertThat(snapshot.ranges().get(0).from()).isEqualTo(3);
      assertThat(snapshot.ranges().get(0).to()).isEqualTo(5);
      assertThat(store.original("a")).isPresent();
    }
  }

  @Test
  void aTombstoneForgetsAndAnUnusableImageIsKeptOut() {
    try (ImageStore store = ImageStore.open(folder, Framing.stretch(8))) {
      store.apply(List.of(image("a", "h1"), image("b", "h2")), Map.of());
      ImageEntry failed = new ImageEntry("x", "b", "", "undecodable", "", 0);
      Applied applied =
          store.apply(
              List.of(
                  new Change.Forget("a"),
                  new Change.KeepOut("b", failed, FailureReason.UNDECODABLE, "torn")),
              Map.of());
      assertThat(applied).isEqualTo(new Applied(0, 0, 1, 1));
      assertThat(store.original("a")).isEmpty();
      assertThat(store.pixels("b")).isEmpty();
      assertThat(store.snapshot("t").entries().get("b").usable()).isFalse();
    }
  }

  @Test
  void aReferenceThatLeadsNowhereKeepsTheEarlierCopyAndIsRememberedOverARestart() {
    ImageEntry failed = new ImageEntry("new", "a", "", "reference-missing", "", 0);
    PendingReference reference = new PendingReference("a", failed, "file:///gone.png");
    try (ImageStore store = ImageStore.open(folder, Framing.stretch(8))) {
      store.apply(List.of(image("a", "h1")), Map.of());
      store.apply(List.of(new Change.Postpone(reference)), Map.of());
      assertThat(store.original("a")).isPresent();
      assertThat(store.snapshot("t").entries().get("a").usable()).isTrue();
    }
    try (ImageStore store = ImageStore.open(folder, Framing.stretch(8))) {
      assertThat(store.pending()).containsExactly(reference);
      store.apply(List.of(image("a", "h2")), Map.of());
      assertThat(store.pending()).isEmpty();
    }
  }

  @Test
  void aReferenceIsReadOnceItLeadsSomewhere() throws IOException {
    SyntheticImages images = new SyntheticImages(16, 1);
    Path file = folder.resolve("late.png");
    RecordReader reader =
        new RecordReader(
            new ImageReader(
                new ImageSettings(
                    1_000_000,
                    1_000_000,
                    Duration.ofSeconds(2),
                    List.of(folder.toUri().toString()),
                    Duration.ofSeconds(1)),
                ImageGuard.inMemory()),
            Framing.stretch(8));
    ImageEntry failed = new ImageEntry("cat", "a", "", "reference-missing", "", 0);
    PendingReference pending = new PendingReference("a", failed, file.toUri().toString());
    assertThat(reader.retry(pending)).isEmpty();
    Files.write(file, images.png(images.classes().get(0), 1));
    assertThat(reader.retry(pending).orElseThrow())
        .isInstanceOfSatisfying(
            Change.Store.class,
            stored -> {
              assertThat(stored.entry().usable()).isTrue();
              assertThat(stored.entry().label()).isEqualTo("cat");
            });
  }

  @Test
  void onlyWhatIsNewOrChangedCountsAsALabel() {
    try (ImageStore store = ImageStore.open(folder, Framing.stretch(8))) {
      store.apply(List.of(image("a", "h1")), Map.of());
      store.apply(List.of(image("a", "h1")), Map.of());
      assertThat(store.newLabels()).isEqualTo(1);
      store.markRun(store.snapshot("t").changes());
      store.apply(List.of(image("a", "changed")), Map.of());
      assertThat(store.newLabels()).isEqualTo(1);
    }
  }

  @Test
  void aSecondReadingForgetsWhatItDoesNotSee() {
    try (ImageStore store = ImageStore.open(folder, Framing.stretch(8))) {
      store.reread("one");
      store.apply(List.of(image("a", "h1"), image("b", "h2")), Map.of(0, 2L));
      store.sweep();
      store.reread("two");
      store.apply(List.of(image("b", "h2")), Map.of(0, 1L));
      assertThat(store.sweep()).isEqualTo(1);
      assertThat(store.snapshot("t").entries()).containsOnlyKeys("b");
    }
  }

  @Test
  void anotherSizeDropsThePixelsAndKeepsTheOriginals() {
    try (ImageStore store = ImageStore.open(folder, Framing.stretch(8))) {
      store.apply(List.of(image("a", "h1")), Map.of());
    }
    try (ImageStore store = ImageStore.open(folder, Framing.stretch(16))) {
      assertThat(store.pixels("a")).isEmpty();
      assertThat(store.original("a")).isPresent();
    }
  }

  @Test
  void aStoreInUseSaysSo() {
    try (ImageStore store = ImageStore.open(folder, Framing.stretch(8))) {
      assertThat(store.framing().size()).isEqualTo(8);
      assertThatThrownBy(() -> ImageStore.open(folder, Framing.stretch(8)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("in use by another trainer");
    }
  }

  @Test
  void aTopicThatIsNotTheOneReadBeforeIsReadAgain() {
    StoredPositions stored = new StoredPositions("id", Map.of(0, 10L), 1_000, true);
    Duration week = Duration.ofDays(7);
    assertThat(stored.whyReread("id", Map.of(0, 10L), 2_000, week)).isEmpty();
    assertThat(stored.whyReread("other", Map.of(0, 10L), 2_000, week).orElseThrow())
        .contains("created anew");
    assertThat(stored.whyReread("id", Map.of(0, 9L), 2_000, week).orElseThrow())
        .contains("partition 0 was truncated");
    assertThat(stored.whyReread("id", Map.of(0, 10L), 700_000_000, week).orElseThrow())
        .contains("tombstones");
  }

  private static Change image(String id, String hash) {
    ImageEntry entry = new ImageEntry("label", id, "", "", hash, 0);
    return new Change.Store(id, entry, new byte[] {1, 2}, new byte[192]);
  }
}
