package io.ocellus.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocellus.topic.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointPublicationIT {
  @AutoClose private static final CheckpointBroker BROKER = new CheckpointBroker();

  @TempDir private Path folder;

  @Test
  void whatIsPublishedIsFetchedByteForByte() {
    Topics topics = BROKER.fresh();
    Path files = Drafts.files(folder.resolve("run"), 1);
    Manifest published;
    try (CheckpointPublisher publisher = BROKER.publisher(topics, "birds")) {
      published = publisher.publish(Drafts.manifest("birds", 0), files);
    }

    Checkpoint fetched = BROKER.catalog(topics).fetch("birds", 1, folder.resolve("fetched"));

    assertThat(fetched.manifest()).isEqualTo(published);
    assertThat(published.version()).isEqualTo(1);
    assertThat(published.files())
        .extracting(FileEntry::name)
        .containsExactly("model.pt", "weights.safetensors");
    assertThat(published.files()).extracting(FileEntry::chunks).containsExactly(3, 1);
    assertThat(fetched.file("model.pt")).hasSameBinaryContentAs(files.resolve("model.pt"));
    assertThat(fetched.file("weights.safetensors"))
        .hasSameBinaryContentAs(files.resolve("weights.safetensors"));
  }

  @Test
  void aFollowerGetsTheNewestAtTheStartAndThenEachThatComes() throws Exception {
    Topics topics = BROKER.fresh();
    Heard heard = new Heard();
    Path spool = folder.resolve("spool");
    try (CheckpointPublisher publisher = BROKER.publisher(topics, "birds")) {
      for (int version = 1; version <= 3; version++) {
        publisher.publish(Drafts.manifest("birds", version - 1), Drafts.files(folder, version));
      }
      try (CheckpointFollower follower = BROKER.follower(topics, "birds", spool, heard)) {
        follower.start();
        heard.awaitVersion(3);
        for (int version = 4; version <= 5; version++) {
          publisher.publish(Drafts.manifest("birds", version - 1), Drafts.files(folder, version));
        }
        heard.awaitVersion(5);
      }
    }

    assertThat(heard.versions()).containsExactly(3, 4, 5);
    assertThat(heard.refused).isEmpty();
    assertThat(heard.hashes.get(5))
        .containsEntry("model.pt", Heard.hash(folder.resolve("model.pt")));
    assertThat(heard.arrived.get(0).published())
        .isBetween(Instant.now().minus(Duration.ofMinutes(1)), Instant.now());
    try (Stream<Path> left = Files.list(spool)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void modelsShareATopicWithoutSeeingEachOther() {
    Topics topics = BROKER.fresh();
    Heard heard = new Heard();
    try (CheckpointPublisher birds = BROKER.publisher(topics, "birds");
        CheckpointPublisher fish = BROKER.publisher(topics, "fish");
        CheckpointFollower follower = BROKER.follower(topics, "fish", folder, heard)) {
      follower.start();
      birds.publish(Drafts.manifest("birds", 0), Drafts.files(folder.resolve("run"), 1));
      birds.publish(Drafts.manifest("birds", 1), Drafts.files(folder.resolve("run"), 2));
      fish.publish(Drafts.manifest("fish", 0), Drafts.files(folder.resolve("run"), 3));
      heard.awaitVersion(1);
    }

    assertThat(heard.arrived).extracting(c -> c.manifest().model()).containsExactly("fish");
    assertThat(BROKER.catalog(topics).all())
        .extracting(m -> m.model() + "/" + m.version())
        .containsExactly("birds/1", "birds/2", "fish/1");
    assertThat(BROKER.catalog(topics).newest("birds")).map(Manifest::version).contains(2);
  }

  @Test
  void aPublisherReadsTheTopicBeforeItsFirstVersionAndNeverAgain() throws Exception {
    Topics topics = BROKER.fresh();
    try (CheckpointPublisher before = BROKER.publisher(topics, "birds")) {
      before.publish(Drafts.manifest("birds", 0), Drafts.files(folder, 1));
    }
    try (CheckpointPublisher publisher = BROKER.publisher(topics, "birds")) {
      publisher.publish(Drafts.manifest("birds", 1), Drafts.files(folder, 2));
      long once = BROKER.bytesRead(topics);
      assertThat(once).isGreaterThan(2 * ChunkedFile.CHUNK_BYTES);

      publisher.publish(Drafts.manifest("birds", 2), Drafts.files(folder, 3));
      assertThat(BROKER.bytesRead(topics)).isEqualTo(once);
    }

    assertThat(versions(topics)).containsExactly(1, 2, 3);
  }

  @Test
  void filesThatAreNotWhatTheirManifestSaysAreNotPublished() {
    Topics topics = BROKER.fresh();
    try (CheckpointPublisher publisher = BROKER.publisher(topics, "birds")) {
      Manifest fetched = publisher.publish(Drafts.manifest("birds", 0), Drafts.files(folder, 1));
      Drafts.files(folder, 2);
      assertThatThrownBy(() -> publisher.publish(fetched, folder))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("model.pt is not what the manifest says");
      assertThat(versions(topics)).containsExactly(1);
      assertThat(publisher.publish(fetched, Drafts.files(folder, 1)).version()).isEqualTo(2);
    }
  }

  @Test
  void oldVersionsMakeRoomButNeverTheNewestOrItsParent() {
    Topics topics = BROKER.fresh();
    try (CheckpointPublisher publisher =
        new CheckpointPublisher(BROKER.clients(), topics, "birds", 1)) {
      publisher.publish(Drafts.manifest("birds", 0), Drafts.files(folder, 1));
      publisher.publish(Drafts.manifest("birds", 1), Drafts.files(folder, 2));
      assertThat(versions(topics)).containsExactly(1, 2);

      publisher.publish(Drafts.manifest("birds", 1), Drafts.files(folder, 3));
      assertThat(versions(topics)).containsExactly(1, 3);

      publisher.publish(Drafts.manifest("birds", 3), Drafts.files(folder, 4));
      assertThat(versions(topics)).containsExactly(3, 4);
    }
    assertThatThrownBy(() -> BROKER.catalog(topics).fetch("birds", 1, folder.resolve("gone")))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("has no version 1 of model birds");
  }

  @Test
  void countingGoesOnAfterARestart() {
    Topics topics = BROKER.fresh();
    for (int version = 1; version <= 2; version++) {
      try (CheckpointPublisher publisher = BROKER.publisher(topics, "birds")) {
        Manifest published =
            publisher.publish(Drafts.manifest("birds", 0), Drafts.files(folder, version));
        assertThat(published.version()).isEqualTo(version);
      }
    }
  }

  /** As the runbook's way back does. */
  @Test
  void aVersionThatACommandPublishesFencesNoTrainer() {
    Topics topics = BROKER.fresh();
    Drafts.files(folder, 1);
    try (CheckpointPublisher trainer = BROKER.publisher(topics, "birds")) {
      trainer.publish(Drafts.manifest("birds", 0), folder);
      assertThat(publishedByCommand(topics)).isEqualTo(2);
      trainer.ensureNotFenced();
      assertThat(publishedByCommand(topics)).isEqualTo(3);
      assertThatThrownBy(() -> trainer.publish(Drafts.manifest("birds", 1), folder))
          .isInstanceOf(SupersededException.class);
      assertThat(trainer.publish(Drafts.manifest("birds", 3), folder).version()).isEqualTo(4);
      assertThat(publishedByCommand(topics)).isEqualTo(5);
      assertThat(publishedByCommand(topics)).isEqualTo(6);
      trainer.ensureNotFenced();
      assertThat(trainer.publish(Drafts.manifest("birds", 4), folder).version()).isEqualTo(7);
    }
    assertThat(BROKER.catalog(topics).versions("birds"))
        .extracting(Manifest::publishedBy)
        .contains(Manifest.TRAINER, Manifest.COMMAND);
  }

  @Test
  void commandsAndATrainerThatPublishAtOnceTakeTurns() {
    Topics topics = BROKER.fresh();
    Drafts.files(folder, 1);
    int each = 6;
    try (CheckpointPublisher trainer =
        new CheckpointPublisher(BROKER.clients(), topics, "birds", 3 * each)) {
      List<CompletableFuture<Integer>> all = new ArrayList<>();
      for (int publication = 0; publication < each; publication++) {
        all.add(CompletableFuture.supplyAsync(() -> publishedByCommand(topics)));
        all.add(CompletableFuture.supplyAsync(() -> publishedByTrainer(trainer)));
        all.forEach(CompletableFuture::join);
      }
      assertThat(all)
          .extracting(CompletableFuture::join)
          .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 2 * each).boxed().toList());
    }
    for (int version : versions(topics)) {
      BROKER.catalog(topics).fetch("birds", version, folder.resolve("fetched-" + version));
    }
  }

  private int publishedByTrainer(CheckpointPublisher trainer) {
    while (true) {
      try {
        return trainer.publish(Drafts.manifest("birds", 0), folder).version();
      } catch (SupersededException e) {
        assertThat(e).hasMessageContaining("published meanwhile");
      }
    }
  }

  private int publishedByCommand(Topics topics) {
    try (CheckpointPublisher command =
        CheckpointPublisher.ofCommand(
            BROKER.clients(), topics, "birds", 20, Optional.empty(), Trust.anyone())) {
      return command.publish(Drafts.manifest("birds", 0), folder).version();
    }
  }

  @Test
  void aSecondTrainerFencesTheFirstWhichSaysWhatToDo() {
    Topics topics = BROKER.fresh();
    Drafts.files(folder, 1);
    try (CheckpointPublisher first = BROKER.publisher(topics, "birds")) {
      first.publish(Drafts.manifest("birds", 0), folder);
      try (CheckpointPublisher second = BROKER.publisher(topics, "birds")) {
        for (int attempt = 0; attempt < 2; attempt++) {
          assertThatThrownBy(() -> first.publish(Drafts.manifest("birds", 1), folder))
              .isInstanceOf(FencedTrainerException.class)
              .hasMessageContaining("Another trainer has started for model 'birds'")
              .hasMessageContaining("stop this one")
              .hasMessageContaining("setting `model`");
        }
        assertThat(versions(topics)).containsExactly(1);
        assertThat(second.publish(Drafts.manifest("birds", 1), folder).version()).isEqualTo(2);
      }
    }
  }

  @Test
  void aMissingTopicHoldsNothingAndCannotBePublishedTo() {
    Topics topics = new Topics("nowhere");
    Drafts.files(folder, 1);
    assertThat(BROKER.catalog(topics).all()).isEmpty();
    try (CheckpointPublisher publisher = BROKER.publisher(topics, "birds")) {
      assertThatThrownBy(() -> publisher.publish(Drafts.manifest("birds", 0), folder))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("nowhere.checkpoints is missing");
    }
  }

  private static List<Integer> versions(Topics topics) {
    return BROKER.catalog(topics).versions("birds").stream().map(Manifest::version).toList();
  }
}
