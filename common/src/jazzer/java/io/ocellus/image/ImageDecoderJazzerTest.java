package io.ocellus.image;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ocellus.image.hostile.HostileImage;
import io.ocellus.image.hostile.HostileImages;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fuzzing that coverage guides: of bytes, and of the choices by which hostile images are made. Time
 * and memory beyond the bounds of {@link Bounded} are failures.
 */
class ImageDecoderJazzerTest {
  private static final int HOSTILE_SEEDS = 300;

  /** Images within these are decoded thousands of times; a seed of megabytes would be in the way. */
  private static final ImageLimits SEEDS = new ImageLimits(20_000, 1_000_000);

  private static final Bounded DECODER = new Bounded();
  private static final List<byte[]> CORPUS = FuzzCorpus.bytes();

  // Classes are instrumented as they are loaded, which takes time and memory of its own.
  static {
    CORPUS.forEach(DECODER::examine);
  }

  @MethodSource("images")
  @FuzzTest(maxDuration = "0s")
  void bytesAreAnImageOrBadWithinBounds(byte[] bytes) {
    DECODER.decode(bytes);
  }

  /** Coverage guides which operators are applied, where and with which numbers. */
  @FuzzTest(maxDuration = "0s")
  void aHostileImageIsAnImageOrBadWithinBounds(FuzzedDataProvider choices) {
    int format = choices.consumeInt(0, HostileImages.names().size() - 1);
    HostileImages images =
        new HostileImages(CORPUS, CostBudget.SMALL, HostileImages.names(), random(choices));
    HostileImage image = images.next(format);
    DECODER.decode(image.kind(), image.bytes());
  }

  /** The choices, and where these end others that they determine. */
  private static RandomGenerator random(FuzzedDataProvider choices) {
    SplittableRandom rest = new SplittableRandom(choices.consumeInt());
    return () ->
        choices.remainingBytes() >= Long.BYTES ? choices.consumeLong() : rest.nextLong();
  }

  static Stream<byte[]> images() {
    HostileImages images =
        new HostileImages(CORPUS, SEEDS, HostileImages.names(), new SplittableRandom(1));
    return Stream.concat(
        CORPUS.stream(), IntStream.range(0, HOSTILE_SEEDS).mapToObj(i -> images.next().bytes()));
  }
}
