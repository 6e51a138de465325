package io.ocellus.inferencer.classify;

import io.ocellus.inferencer.Classification.Source;
import io.ocellus.topic.EventHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the ring and the batcher do with each image besides decoding and classifying it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ClassifyBenchmark {
  private static final int BATCH = 16;
  private static final String TOPIC = "changelog";

  /** Bytes of the encoded image. */
  @Param({"3000", "20000", "3000000"})
  public int bytes;

  private final EnvelopeSerde serde = new EnvelopeSerde();
  private final Object model = new Object();
  private final Batcher<Object> batcher =
      new Batcher<>(item -> BATCH, item -> 1, Duration.ofMillis(20), item -> model);
  private Envelope envelope;
  private byte[] written;

  /** Makes an image in flight. */
  @Setup
  public void make() {
    envelope =
        new Envelope(
            1,
            new ImageEvent(
                new Source("ocellus.images", 0, 1),
                1,
                "device-1".getBytes(StandardCharsets.UTF_8),
                new byte[bytes],
                EventHeaders.cloudEvent(
                    "1", "/devices/device-1", "io.ocellus.image", Instant.EPOCH, "image/jpeg")));
    written = serde.serializer().serialize(TOPIC, envelope);
  }

  @Benchmark
  public byte[] envelopeWrite() {
    return serde.serializer().serialize(TOPIC, envelope);
  }

  @Benchmark
  public Object envelopeRead() {
    return serde.deserializer().deserialize(TOPIC, written);
  }

  /** Of a batch, not of an image; the same whatever its images are. */
  @Benchmark
  public List<Object> batch() throws InterruptedException {
    for (int i = 0; i < BATCH; i++) {
      batcher.add(model);
    }
    return batcher.take();
  }
}
