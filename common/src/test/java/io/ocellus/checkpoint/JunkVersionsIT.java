package io.ocellus.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocellus.signature.KeyPairFiles;
import io.ocellus.signature.SigningKey;
import io.ocellus.topic.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that somebody else has written among the versions of a publisher. */
class JunkVersionsIT {
  @AutoClose private static final CheckpointBroker BROKER = new CheckpointBroker();

  @TempDir private Path folder;
  private final Topics topics = BROKER.fresh();
  private final Heard heard = new Heard();

  @Test
  void aChunkUnderTheHighestNumberDoesNotHideTheNextVersion() throws Exception {
    try (CheckpointPublisher publisher = BROKER.publisher(topics, "birds");
        CheckpointFollower follower = follower()) {
      follower.start();
      publish(publisher, 0);
      write("birds/999999999/x/0", "junk");
      assertThat(publish(publisher, 1)).isEqualTo(2);
      heard.awaitVersion(2);
    }
    assertThat(versions()).containsExactly(1, 2);
    assertThat(heard.refused).isEmpty();
  }

  @Test
  void aPublisherThatFindsJunkAtItsStartCountsOnFromTheHighestSoundVersion() throws Exception {
    write("birds/999999999/x/0", "junk");
    write("birds/77", "no manifest");
    try (CheckpointPublisher publisher = BROKER.publisher(topics, "birds")) {
      assertThat(publish(publisher, 0)).isEqualTo(1);
      assertThat(publish(publisher, 1)).isEqualTo(2);
    }
    assertThat(BROKER.catalog(topics).numbers("birds")).containsExactly(1, 2);
  }

  @Test
  void junkTakesNoPlaceAmongTheVersionsThatAreKept() throws Exception {
    try (CheckpointPublisher publisher = publisher(3, Optional.empty())) {
      publish(publisher, 0);
      publish(publisher, 1);
      for (int version = 3; version < 20; version++) {
        write("birds/" + version, "no manifest");
        write("birds/%d/model.pt/0".formatted(version), "junk");
      }
      assertThat(publish(publisher, 0)).isEqualTo(3);
      assertThat(versions()).containsExactly(1, 2, 3);
      assertThat(publish(publisher, 0)).isEqualTo(4);
    }
    assertThat(versions()).containsExactly(2, 3, 4);
    assertThat(BROKER.catalog(topics).numbers("birds")).containsExactly(2, 3, 4);
  }

  @Test
  void junkUnderTheNextNumberGivesWayToTheVersion() throws Exception {
    try (CheckpointPublisher publisher = BROKER.publisher(topics, "birds");
        CheckpointFollower follower = follower()) {
      follower.start();
      publish(publisher, 0);
      write("birds/2/x/0", "junk");
      write("birds/2/model.pt/1", "junk");
      write("birds/2/model.pt/7", "junk");
      write("birds/2", "no manifest");
      assertThat(publish(publisher, 1)).isEqualTo(2);
      heard.awaitVersion(2);
    }
    assertThat(heard.hashes.get(2)).containsOnlyKeys("model.pt", "weights.safetensors");
    assertThat(BROKER.catalog(topics).fetch("birds", 2, folder.resolve("2")).file("x"))
        .doesNotExist();
  }

  @Test
  void junkBesideAVersionIsRemovedAndTheVersionStays() throws Exception {
    try (CheckpointPublisher publisher = BROKER.publisher(topics, "birds")) {
      publish(publisher, 0);
      write("birds/1/x/0", "junk");
      write("birds/1/model.pt/99", "junk");
      publish(publisher, 1);
      BROKER.catalog(topics).fetch("birds", 1, folder.resolve("1"));
      assertThat(publish(publisher, 2)).isEqualTo(3);
    }
    assertThat(BROKER.catalog(topics).fetch("birds", 1, folder.resolve("again")).manifest())
        .isEqualTo(BROKER.catalog(topics).versions("birds").get(0));
  }

  @Test
  void withoutAKeySomebodysLastNumberIsAnErrorThatSaysWhatToDo() throws Exception {
    BROKER.write(publication(CheckpointKey.LAST_VERSION).records);
    try (CheckpointPublisher publisher = BROKER.publisher(topics, "birds")) {
      assertThatThrownBy(() -> publish(publisher, 0))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("birds/1000000000")
          .hasMessageContaining("from 1 to 999999999")
          .hasMessageContaining("Delete the highest version");
      assertThat(versions()).containsExactly(CheckpointKey.LAST_VERSION);
      write("birds/999999999", null);
      assertThat(publish(publisher, 0)).isEqualTo(1);
    }
  }

  @Test
  void withAKeyOnlyVersionsThatItTrustsCount() throws Exception {
    try (CheckpointPublisher publisher = publisher(2, Optional.of(key("ours")));
        CheckpointFollower follower = follower()) {
      follower.start();
      publish(publisher, 0);
      publish(publisher, 1);
      BROKER.write(publication(3).records);
      BROKER.write(publication(CheckpointKey.LAST_VERSION).records);
      heard.awaitVersion(CheckpointKey.LAST_VERSION);
      assertThat(publish(publisher, 2)).isEqualTo(4);
      heard.awaitVersion(4);
    }
    assertThat(versions()).containsExactly(2, 3, 4);
  }

  @Test
  void aPublisherThatLacksAnothersKeyCountsOnFromItsVersionsAndDeletesNone() throws Exception {
    try (CheckpointPublisher other = publisher(5, Optional.of(key("other")))) {
      publish(other, 0);
      publish(other, 1);
    }
    try (CheckpointPublisher publisher = publisher(1, Optional.of(key("ours")))) {
      assertThat(publish(publisher, 0)).isEqualTo(3);
      assertThat(publish(publisher, 0)).isEqualTo(4);
    }
    assertThat(versions()).containsExactly(1, 2, 4);
  }

  @Test
  void aClaimedSignatureCannotUseUpTheNumbers() throws Exception {
    Publication claimed = publication(CheckpointKey.LAST_VERSION);
    Trust.sign(claimed.records.get(claimed.records.size() - 1), key("other"));
    BROKER.write(claimed.records);
    try (CheckpointPublisher publisher = publisher(5, Optional.of(key("ours")))) {
      assertThat(publish(publisher, 0)).isEqualTo(1);
    }
    assertThat(versions()).containsExactly(1);
  }

  @Test
  void aFileWhoseNameNoReaderTakesIsNotPublished() throws Exception {
    Path files = Drafts.files(folder.resolve("run"), 1);
    Files.writeString(files.resolve("my notes.txt"), "x");
    try (CheckpointPublisher publisher = BROKER.publisher(topics, "birds")) {
      assertThatThrownBy(() -> publisher.publish(Drafts.manifest("birds", 0), files))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("birds/1/my notes.txt/0 cannot be published")
          .hasMessageContaining("rename the file");
    }
    assertThat(BROKER.catalog(topics).numbers("birds")).isEmpty();
  }

  private CheckpointFollower follower() {
    return BROKER.follower(topics, "birds", folder.resolve("spool"), heard);
  }

  private CheckpointPublisher publisher(int keep, Optional<SigningKey> key) {
    return new CheckpointPublisher(BROKER.clients(), topics, "birds", keep, key);
  }

  private SigningKey key(String name) {
    return SigningKey.read(KeyPairFiles.generate(folder.resolve(name)).privateKey());
  }

  private int publish(CheckpointPublisher publisher, int parent) {
    Path files = Drafts.files(folder.resolve("run"), parent);
    return publisher.publish(Drafts.manifest("birds", parent), files).version();
  }

  private Publication publication(int version) throws Exception {
    Path files = Drafts.files(folder.resolve("hostile"), version);
    return new Publication(topics.checkpoints(), "birds", version, files);
  }

  private List<Integer> versions() {
    List<Integer> versions = new ArrayList<>();
    BROKER.catalog(topics).versions("birds").forEach(manifest -> versions.add(manifest.version()));
    return versions;
  }

  private void write(String key, String value) throws Exception {
    byte[] bytes = value == null ? null : value.getBytes(UTF_8);
    BROKER.write(List.of(new ProducerRecord<>(topics.checkpoints(), key.getBytes(UTF_8), bytes)));
  }
}
