package io.ocellus.image;

import io.ocellus.image.hostile.HostileImage;
import io.ocellus.image.hostile.HostileImages;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Images that are made to cost time and memory: the same ones in each build, of small limits. */
class HostileImageTest {
  /** So many by each operator of a format alone. */
  private static final int TIMES = 4;

  @ParameterizedTest
  @MethodSource("formats")
  void aHostileImageIsAnImageOrBadWithinBoundsOfTimeAndMemory(String format) {
    HostileImages images =
        new HostileImages(
            FuzzCorpus.bytes(),
            CostBudget.SMALL,
            List.of(format),
            new SplittableRandom(format.hashCode()));
    try (Bounded decoder = new Bounded(CostBudget.SMALL)) {
      for (HostileImage image : images.each(TIMES)) {
        decoder.decode(image.kind(), image.bytes());
      }
    }
  }

  private static List<String> formats() {
    return HostileImages.names();
  }
}
