package io.ocellus.inferencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ocellus.checkpoint.Checkpoint;
import io.ocellus.checkpoint.CheckpointPublisher;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.checkpoint.Refusal;
import io.ocellus.signature.KeyPairFiles;
import io.ocellus.signature.SigningKey;
import io.ocellus.testbed.Broker;
import io.ocellus.testbed.SyntheticImages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Versions that must not serve, published while another does. */
@Timeout(120)
@Tag("container")
class RefusalIT {
  private static final TestModel MODEL = TestModel.of(32, "cat", "dog", "owl");
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  @AutoClose private static final Broker KAFKA = Broker.start();

  @TempDir Path folder;
  private final SyntheticImages synthetic = new SyntheticImages(32, 7);
  private final byte[] image = synthetic.png(synthetic.classes().get(0), 1);
  private final HeardVersions heard = new HeardVersions();
  @AutoClose private Stream stream;

  @BeforeEach
  void open(TestInfo test) {
    stream =
        new Stream(KAFKA.bootstrapServers(), test.getTestMethod().orElseThrow().getName(), folder);
  }

  @Test
  void aCheckpointThatCannotServeIsCountedByReasonAndTheOldVersionGoesOn() throws Exception {
    stream.publish(MODEL);
    try (Inferencer inferencer = stream.start(heard)) {
      await().atMost(PATIENCE).until(inferencer::ready);
      publishTruncated();
      publishWithOtherClasses();
      await().atMost(PATIENCE).until(() -> heard.refusals().size() == 2);
      assertThat(heard.refusals().stream().map(Refusal::reason))
          .containsExactly(Refusal.Reason.LOAD_FAILED, Refusal.Reason.WARM_UP_FAILED);
      stream.send("camera", image);
      stream.flush();
      stream.awaitOutcomes(1);
      assertThat(Results.of(stream).versions()).containsExactly(1);
      Scrape metrics = Scrape.of(inferencer.uri(), "/metrics");
      assertThat(refused(metrics, "load-failed")).isEqualTo(1);
      assertThat(refused(metrics, "warm-up-failed")).isEqualTo(1);
      assertThat(metrics.sum("ocellus_inferencer_serving_version")).isEqualTo(1);
      assertThat(metrics.sum("ocellus_inferencer_models_loaded")).isEqualTo(1);
      Manifest next = stream.publish(TestModel.of(48, "a", "b", "c", "d", "e"));
      await().atMost(PATIENCE).until(() -> heard.served().contains(next.version()));
      stream.send("camera", image);
      stream.flush();
      stream.awaitOutcomes(2);
      assertThat(Results.of(stream).classifications().get(1).probabilities())
          .containsOnlyKeys("a", "b", "c", "d", "e");
    }
  }

  @Test
  void withPublicKeysOnlySignedVersionsServeAndTheOldOneGoesOn() throws Exception {
    KeyPairFiles files = KeyPairFiles.generate(folder.resolve("trainer"));
    SigningKey key = SigningKey.read(files.privateKey());
    publishSigned(key);
    stream.with("checkpoints.public-keys", files.publicKey().toString());
    try (Inferencer inferencer = stream.start(heard)) {
      await().atMost(PATIENCE).until(inferencer::ready);
      publishSigned(null);
      publishSigned(SigningKey.read(KeyPairFiles.generate(folder.resolve("other")).privateKey()));
      await().atMost(PATIENCE).until(() -> heard.refusals().size() == 2);
      stream.send("camera", image);
      stream.flush();
      stream.awaitOutcomes(1);
      assertThat(Results.of(stream).versions()).containsExactly(1);
      Scrape metrics = Scrape.of(inferencer.uri(), "/metrics");
      assertThat(refused(metrics, "unsigned")).isEqualTo(1);
      assertThat(refused(metrics, "untrusted-signer")).isEqualTo(1);
      publishSigned(key);
      await().atMost(PATIENCE).until(() -> heard.served().contains(4));
    }
  }

  private static double refused(Scrape metrics, String reason) {
    return metrics.sum(
        "ocellus_inferencer_checkpoints_refused_total{model=\"default\",reason=\"%s\"}"
            .formatted(reason));
  }

  private void publishSigned(SigningKey key) throws Exception {
    Path directory = Files.createTempDirectory(folder, "signed");
    Manifest draft = MODEL.write(directory);
    try (CheckpointPublisher publisher =
        new CheckpointPublisher(
            stream.kafka(), stream.topics(), TestModel.NAME, 5, Optional.ofNullable(key))) {
      publisher.publish(draft, directory);
    }
  }

  private void publishTruncated() throws Exception {
    Path directory = Files.createTempDirectory(folder, "truncated");
    Manifest draft = MODEL.write(directory);
    for (String name : List.of(Checkpoint.MODEL, Checkpoint.WEIGHTS)) {
      byte[] whole = Files.readAllBytes(directory.resolve(name));
      Files.write(directory.resolve(name), Arrays.copyOf(whole, whole.length / 2));
    }
    stream.publish(draft, directory);
  }

  private void publishWithOtherClasses() throws Exception {
    Path directory = Files.createTempDirectory(folder, "classes");
    MODEL.write(directory);
    Files.delete(directory.resolve(Checkpoint.WEIGHTS));
    stream.publish(TestModel.of(32, "one", "two").draft(), directory);
  }
}
