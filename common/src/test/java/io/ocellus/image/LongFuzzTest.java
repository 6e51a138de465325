package io.ocellus.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocellus.image.hostile.HostileImages;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Fuzzing for as long as somebody likes: {@code -Docellus.fuzz.seconds=600} fails where an image
 * broke a bound, {@code -Docellus.fuzz.survey=600} only lists them. Half of the time goes to small
 * limits, half to the product's. {@code -Docellus.fuzz.seed} repeats a run, {@code
 * -Docellus.fuzz.formats=png,gif} chooses formats.
 */
class LongFuzzTest {
  @Test
  @EnabledIfSystemProperty(
      named = "ocellus.fuzz.seconds",
      matches = "\\d+",
      disabledReason = "a longer run is wanted only where somebody says how long")
  void noImageBreaksABound() {
    assertThat(breaches(Long.getLong("ocellus.fuzz.seconds")))
        .as("kinds of breach, with an image of each in target/fuzz")
        .isZero();
  }

  @Test
  @EnabledIfSystemProperty(
      named = "ocellus.fuzz.survey",
      matches = "\\d+",
      disabledReason = "a survey is wanted only where somebody says how long")
  void whatBreaksBoundsIsListed() {
    breaches(Long.getLong("ocellus.fuzz.survey"));
  }

  private static int breaches(long seconds) {
    Duration half = Duration.ofMillis(500 * seconds);
    return breaches("small", CostBudget.SMALL, half)
        + breaches("product", CostBudget.PRODUCT, half);
  }

  private static int breaches(String name, ImageLimits limits, Duration time) {
    long seed = Long.getLong("ocellus.fuzz.seed", System.nanoTime());
    System.out.printf("%s limits, seed %d%n", name, seed);
    try (LongFuzz fuzz = new LongFuzz(name, limits, formats(), seed)) {
      fuzz.run(time);
      return fuzz.report();
    }
  }

  private static List<String> formats() {
    String all = String.join(",", HostileImages.names());
    return List.of(System.getProperty("ocellus.fuzz.formats", all).split(",", -1));
  }
}
