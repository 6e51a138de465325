package io.ocellus.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocellus.failure.FailureReason;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Damages valid images in thousands of ways, the same ones each time. */
@Timeout(60)
class ImageDecoderFuzzTest {
  private static final int VARIANTS = 400;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ImageDecoder decoder = new ImageDecoder(new ImageLimits(1_000_000, 1_000_000));

  @ParameterizedTest
  @MethodSource("samples")
  void damagedBytesAreAnImageOrBadAndNothingElse(String name) {
    byte[] whole = SampleImages.bytes(name);
    SplittableRandom random = new SplittableRandom(name.hashCode());
    for (int i = 0; i < VARIANTS; i++) {
      byte[] damaged = damage(whole, random);
      long start = System.nanoTime();
      imageOrBad(damaged);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
    }
  }

  private void imageOrBad(byte[] bytes) {
    try {
      BufferedImage image = decoder.decode(bytes);
      assertThat(image.getWidth() * (long) image.getHeight()).isBetween(1L, 1_000_000L);
      assertThat(Pixels.chw(image, Framing.stretch(8))).hasSize(192);
    } catch (BadImageException e) {
      assertThat(e.reason())
          .isIn(
              FailureReason.EMPTY,
              FailureReason.UNSUPPORTED_FORMAT,
              FailureReason.UNDECODABLE,
              FailureReason.TOO_MANY_PIXELS);
      assertThat(e).hasMessageMatching("(?s).+");
    }
  }

  private static byte[] damage(byte[] whole, SplittableRandom random) {
    byte[] bytes = whole.clone();
    int hits = 1 + random.nextInt(4);
    for (int i = 0; i < hits; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes[at] = random.nextBoolean() ? (byte) 0xff : 0x7f;
        case 3 -> Arrays.fill(bytes, at, Math.min(at + 4, bytes.length), (byte) 0xff);
        default -> {
          int from = random.nextInt(bytes.length);
          int length = Math.min(8, bytes.length - Math.max(at, from));
          System.arraycopy(whole, from, bytes, at, length);
        }
      }
    }
    return random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }

  private static Stream<String> samples() {
    return Stream.of(SampleImages.EXACT, SampleImages.LOSSY, SampleImages.GREY, SampleImages.HELD)
        .flatMap(List::stream);
  }
}
