package io.ocellus.inferencer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocellus.failure.FailureReason;
import io.ocellus.file.Sha256;
import io.ocellus.image.BadImageException;
import io.ocellus.image.Framing;
import io.ocellus.image.ImageDecoder;
import io.ocellus.image.ImageLimits;
import io.ocellus.testbed.Broker;
import io.ocellus.testbed.SyntheticImages;
import io.ocellus.topic.EventHeaders;
import io.ocellus.topic.Topics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Images that are made to hold the stream up: each costs its own outcome and nobody else's. */
@Timeout(180)
class HostileStreamIT {
  private static final Topics TOPICS = new Topics("hostile");
  private static final TestModel MODEL = TestModel.of(32, "cat", "dog", "owl");
  private static final int COPIES = 5;

  @TempDir Path folder;
  private final SyntheticImages synthetic = new SyntheticImages(32, 7);
  private final byte[] image = synthetic.png(synthetic.classes().get(0), 1);

  @Test
  void imagesThatTakeTooLongAreDeadLettersBetweenTheirNeighbours() throws Exception {
    byte[] slow = endlessGif();
    try (Broker kafka = Broker.start();
        Stream stream = new Stream(kafka.bootstrapServers(), TOPICS.prefix(), folder)) {
      stream.with("image.max-decode-time", "200ms");
      warmUp();
      stream.publish(MODEL);
      for (int i = 0; i < COPIES; i++) {
        stream.send("camera", image);
        stream.send("camera", slow);
      }
      stream.flush();
      try (Inferencer inferencer = stream.start()) {
        stream.awaitOutcomes(2 * COPIES);
        Results.of(stream).assertExactlyOnceInOrder(2 * COPIES);
        assertThat(reasons(stream)).hasSize(COPIES).containsOnly(FailureReason.TOO_SLOW.tag());
        Scrape.of(inferencer.uri(), "/metrics").assertIdentity(2 * COPIES, COPIES);
        assertThat(inferencer.ready()).isTrue();
      }
    }
  }

  @Test
  void anImageThatProcessesDiedOfIsNotDecodedAgain() throws Exception {
    byte[] killer = synthetic.png(synthetic.classes().get(1), 2);
    try (Broker kafka = Broker.start();
        Stream stream = new Stream(kafka.bootstrapServers(), TOPICS.prefix(), folder)) {
      suspect(stream, killer);
      stream.publish(MODEL);
      stream.send("camera", image);
      stream.send("camera", killer);
      stream.send("camera", image);
      stream.flush();
      try (Inferencer inferencer = stream.start()) {
        stream.awaitOutcomes(3);
        Results.of(stream).assertExactlyOnceInOrder(3);
        assertThat(reasons(stream)).containsExactly(FailureReason.SUSPECT.tag());
        assertThat(inferencer.ready()).isTrue();
      }
    }
  }

  /** The first image of a JVM takes longer than that, for the loading of classes. */
  private void warmUp() throws BadImageException {
    ImageDecoder decoder = new ImageDecoder(new ImageLimits(1_000_000, 1_000_000));
    for (int i = 0; i < 50; i++) {
      decoder.levels(image, Framing.stretch(32));
    }
  }

  private static void suspect(Stream stream, byte[] bytes) throws IOException {
    Path images = Files.createDirectories(stream.stateDir().resolve("images"));
    Files.writeString(images.resolve("suspects"), Sha256.hex(bytes).substring(0, 32) + " 2\n");
  }

  private static List<String> reasons(Stream stream) {
    return stream.read(TOPICS.imagesDead()).stream()
        .map(letter -> EventHeaders.text(letter.headers(), EventHeaders.REASON).orElseThrow())
        .toList();
  }

  /** Its data clears the table of its codes, and has no pixel, for megabytes. */
  private static byte[] endlessGif() {
    byte[] header = {'G', 'I', 'F', '8', '9', 'a', 16, 0, 16, 0, (byte) 0x80, 0, 0};
    byte[] picture = {0x2c, 0, 0, 0, 0, 16, 0, 16, 0, 0, 2};
    int[] clears = {0x24, 0x49, 0x92};
    ByteBuffer gif = ByteBuffer.allocate(990_000).put(header).put(new byte[6]).put(picture);
    while (gif.remaining() > 258) {
      gif.put((byte) 255);
      for (int i = 0; i < 255; i++) {
        gif.put((byte) clears[i % 3]);
      }
    }
    return gif.put((byte) 0).put((byte) 0x3b).array();
  }
}
