package io.ocellus.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.ocellus.checkpoint.Refusal.Reason;
import io.ocellus.topic.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CorruptCheckpointIT {
  @AutoClose private static final CheckpointBroker BROKER = new CheckpointBroker();

  @TempDir private Path folder;

  /** Records 0 to 2 are the model's chunks, 3 is the weights' only one, 4 the manifest. */
  static Stream<Arguments> tampering() {
    return Stream.of(
        tampering("flipped byte", p -> p.flipBit(1), Reason.WRONG_HASH, "model.pt has SHA-256"),
        tampering("first chunk missing", p -> p.drop(0), Reason.MISSING_CHUNK, "chunk 1 of model"),
        tampering("middle chunk missing", p -> p.drop(1), Reason.MISSING_CHUNK, "chunk 2 of model"),
        tampering("last chunk missing", p -> p.drop(2), Reason.MISSING_CHUNK, "2 chunks instead"),
        tampering("file missing", p -> p.drop(3), Reason.MISSING_CHUNK, "no chunk of weights"),
        tampering("swapped chunks", p -> p.swapValues(0, 1), Reason.WRONG_HASH, "model.pt"),
        tampering("chunks out of order", p -> p.swapOrder(1, 2), Reason.MISSING_CHUNK, "chunk 2"),
        tampering("truncated file", p -> p.truncate(2, 7), Reason.WRONG_SIZE, "525281 bytes"),
        tampering("flipped byte in the manifest", p -> p.flipBit(4), Reason.WRONG_HASH, "header"),
        tampering("manifest without hash", p -> p.dropHeader(), Reason.BAD_MANIFEST, "no header"),
        tampering(
            "manifest not JSON",
            p -> p.manifestText(json -> "\u0000 not json"),
            Reason.BAD_MANIFEST,
            "not JSON, at line 1, column 2"),
        tampering(
            "manifest of something else",
            p -> p.manifestText(json -> "{\"hello\": [1, 2]}"),
            Reason.BAD_MANIFEST,
            "model is missing"),
        tampering(
            "manifest null", p -> p.manifestText(json -> "null"), Reason.BAD_MANIFEST, "not null"),
        tampering(
            "manifest of another version",
            p -> p.manifest(m -> m.published(7, m.files())),
            Reason.BAD_MANIFEST,
            "birds/7"),
        tampering(
            "path in a file name",
            p -> p.manifestText(json -> json.replace("model.pt", "../../model.pt")),
            Reason.BAD_MANIFEST,
            "files[0].name"));
  }

  private static Arguments tampering(
      String name, Consumer<Publication> tampering, Reason reason, String message) {
    return arguments(name, tampering, reason, message);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tampering")
  void isRefusedByItsReasonAndTheNextGoodOneArrives(
      String name, Consumer<Publication> tampering, Reason reason, String message)
      throws Exception {
    Topics topics = BROKER.fresh();
    Heard heard = new Heard();
    Path spool = folder.resolve("spool");
    BROKER.write(publication(topics, 1).records);
    Publication tampered = publication(topics, 2);
    tampering.accept(tampered);
    try (CheckpointFollower follower = BROKER.follower(topics, "birds", spool, heard)) {
      follower.start();
      heard.awaitVersion(1);
      BROKER.write(tampered.records);
      BROKER.write(publication(topics, 3).records);
      heard.awaitVersion(3);
    }

    assertThat(heard.versions()).containsExactly(1, 3);
    assertThat(heard.refused)
        .singleElement()
        .satisfies(
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(reason);
              assertThat(refusal.version()).isEqualTo(2);
              assertThat(refusal.message()).contains(message);
            });
    assertThatThrownBy(() -> BROKER.catalog(topics).fetch("birds", 2, folder.resolve("fetched")))
        .isInstanceOf(RefusedCheckpointException.class)
        .hasMessageContaining(reason.tag());
    try (Stream<Path> left = Files.list(spool)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void atTheStartTheNewestSoundVersionServesWhereNewerOnesAreCorrupt() throws Exception {
    Topics topics = BROKER.fresh();
    Heard heard = new Heard();
    BROKER.write(publication(topics, 1).records);
    BROKER.write(publication(topics, 2).records);
    Publication third = publication(topics, 3);
    third.flipBit(0);
    BROKER.write(third.records);
    Publication fourth = publication(topics, 4);
    fourth.manifestText(json -> "[]");
    BROKER.write(fourth.records);

    try (CheckpointFollower follower = BROKER.follower(topics, "birds", folder, heard)) {
      follower.start();
      heard.awaitVersion(2);
      BROKER.write(publication(topics, 5).records);
      heard.awaitVersion(5);
    }

    assertThat(heard.versions()).containsExactly(2, 5);
    assertThat(heard.refused).extracting(Refusal::version).containsExactly(4, 3);
  }

  @Test
  void aListenerThatThrowsIsARefusalAndNothingWorse() throws Exception {
    Topics topics = BROKER.fresh();
    Heard heard =
        new Heard(
            checkpoint -> {
              switch (checkpoint.manifest().version()) {
                case 2 -> throw new IllegalStateException("truncated archive");
                case 3 -> throw new StackOverflowError();
                case 4 ->
                    throw new RefusedCheckpointException(
                        new Refusal("birds", 4, Reason.WARM_UP_FAILED, "NaN"));
                default -> {}
              }
            });
    BROKER.write(publication(topics, 1).records);
    BROKER.write(publication(topics, 2).records);
    try (CheckpointFollower follower = BROKER.follower(topics, "birds", folder, heard)) {
      follower.start();
      heard.awaitVersion(1);
      for (int version = 3; version <= 5; version++) {
        BROKER.write(publication(topics, version).records);
      }
      heard.awaitVersion(5);
    }

    assertThat(heard.versions()).containsExactly(1, 5);
    assertThat(heard.refused)
        .extracting(Refusal::reason)
        .containsExactly(Reason.LOAD_FAILED, Reason.LOAD_FAILED, Reason.WARM_UP_FAILED);
    assertThat(heard.refused.get(0).message()).contains("truncated archive");
  }

  @Test
  void keysOfNobodyAndFieldsOfTheFutureDoNotMatter() throws Exception {
    Topics topics = BROKER.fresh();
    Heard heard = new Heard();
    String topic = topics.checkpoints();
    try (CheckpointFollower follower = BROKER.follower(topics, "birds", folder, heard)) {
      follower.start();
      BROKER.write(
          List.of(
              new ProducerRecord<>(topic, new byte[] {(byte) 0xff}, new byte[] {1}),
              new ProducerRecord<>(topic, "birds/1/../../x/0".getBytes(UTF_8), new byte[] {1}),
              new ProducerRecord<>(topic, "birds/1/extra.txt/0".getBytes(UTF_8), new byte[9])));
      Publication future = publication(topics, 1);
      future.manifestText(json -> json.replaceFirst("\\{", "{\"signature\":\"x\","));
      BROKER.write(future.records);
      heard.awaitVersion(1);
    }

    assertThat(heard.refused).isEmpty();
    assertThat(heard.hashes.get(1)).containsOnlyKeys("model.pt", "weights.safetensors");
  }

  private Publication publication(Topics topics, int version) throws Exception {
    Path files = Drafts.files(folder.resolve("run"), version);
    return new Publication(topics.checkpoints(), "birds", version, files);
  }
}
