package io.ocellus.inferencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ocellus.config.ConfigurationException;
import io.ocellus.inferencer.InferencerConfig.GroupProtocol;
import io.ocellus.testbed.Broker;
import io.ocellus.testbed.SyntheticImages;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Inferencers of several models and topics on one Kafka, and those of version 0.1. */
@Timeout(300)
class ConsumerGroupIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final SyntheticImages synthetic = new SyntheticImages(32, 7);
  private final byte[] image = synthetic.png(synthetic.classes().get(0), 1);
  private Broker kafka;

  @BeforeEach
  void open() {
    kafka = Broker.start();
  }

  @AfterEach
  void close() {
    kafka.close();
  }

  @Test
  void inferencersOfOtherTopicsHaveGroupsOfTheirOwn() {
    try (Stream north = stream("north");
        Stream south = stream("south");
        Inferencer one = north.start();
        Inferencer other = south.start()) {
      assertThat(north.group()).isEqualTo("ocellus-inferencer-north-" + TestModel.NAME);
      send(north, 20);
      send(south, 30);
      north.awaitOutcomes(20);
      south.awaitOutcomes(30);
      assertThat(one.ready()).isTrue();
      assertThat(other.ready()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aStartInAGroupOfOtherTopicsOrAnotherModelIsRefused(GroupProtocol protocol) {
    String name = protocol.name().toLowerCase(Locale.ROOT);
    try (Stream north = stream("north").with("streams.application-id", "shared");
        Stream south = stream("south").with("streams.application-id", "shared");
        Stream model = stream("north").with("streams.application-id", "shared")) {
      north.with("streams.group-protocol", name);
      south.with("streams.group-protocol", name).with("state-dir", state("south"));
      model.with("streams.group-protocol", name).with("state-dir", state("model"));
      model.with("model", "other");
      try (Inferencer running = north.start()) {
        await().atMost(PATIENCE).until(running::ready);
        for (Stream stranger : new Stream[] {south, model}) {
          assertThatThrownBy(stranger::start)
              .isInstanceOf(ConfigurationException.class)
              .hasMessageContaining("streams.application-id: consumer group shared has a member")
              .hasMessageContaining("reading [north.images]")
              .hasMessageContaining("Set another streams.application-id, or stop that one");
        }
        send(north, 20);
        north.awaitOutcomes(20);
        assertThat(running.ready()).isTrue();
      }
    }
  }

  /** Its group was called the same whatever it served, unless somebody had set the name. */
  @Test
  void whatAnInferencerOfVersion01HadInFlightIsNeitherLostNorDoubled() throws Exception {
    try (Stream stream = stream("upgrade")) {
      stream.with("streams.application-id", ConsumerGroup.OF_VERSION_0_1);
      AtomicInteger sent = new AtomicInteger();
      AtomicBoolean enough = new AtomicBoolean();
      Thread cameras = new Thread(new Cameras(stream, 32, enough, sent), "cameras");
      cameras.start();
      try (InferencerProcess old =
          InferencerProcess.start(stream.settings(), folder.resolve("log"))) {
        await().atMost(PATIENCE).until(() -> stream.reach() > 100);
        assertThat(old.isAlive()).isTrue();
      }
      stream.with("streams.application-id", "");
      assertThatThrownBy(stream::start)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("group ocellus-inferencer of version 0.1 has positions")
          .hasMessageContaining("streams.application-id=ocellus-inferencer to go on");
      stream.with("streams.application-id", ConsumerGroup.OF_VERSION_0_1);
      for (int start = 0; start < 2; start++) {
        long reached = stream.reach();
        try (Inferencer upgraded = stream.start()) {
          await().atMost(PATIENCE).until(() -> stream.reach() > reached + 100);
          enough.set(start > 0);
          cameras.join(enough.get() ? 0 : 1);
          if (enough.get()) {
            stream.flush();
            stream.awaitOutcomes(sent.get());
            assertThat(upgraded.ready()).isTrue();
          }
        }
      }
      Results.of(stream).assertExactlyOnceInOrder(sent.get());
    }
  }

  private Stream stream(String prefix) {
    Stream stream = new Stream(kafka.bootstrapServers(), prefix, folder);
    stream.with("state-dir", state(prefix));
    stream.publish(TestModel.of(32, "cat", "dog"));
    return stream;
  }

  private String state(String name) {
    return folder.resolve("state-" + name).toString();
  }

  private void send(Stream stream, int images) {
    for (int i = 0; i < images; i++) {
      stream.send("camera-" + i % 4, image);
    }
    stream.flush();
  }
}
