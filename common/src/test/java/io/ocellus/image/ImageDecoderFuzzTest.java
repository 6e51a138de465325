package io.ocellus.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocellus.failure.FailureReason;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Damages valid images of every format in thousands of ways, the same ones each time; with {@code
 * -Docellus.fuzz.seconds=600} for so long, in other ways each time.
 */
class ImageDecoderFuzzTest {
  private static final int VARIANTS = 300;
  private static final List<FailureReason> REASONS =
      List.of(
          FailureReason.EMPTY,
          FailureReason.UNSUPPORTED_FORMAT,
          FailureReason.UNDECODABLE,
          FailureReason.TOO_MANY_PIXELS);

  private final Bounded decoder = new Bounded();

  @AfterEach
  void close() {
    decoder.close();
  }

  @ParameterizedTest
  @MethodSource("names")
  void damagedBytesAreAnImageOrBadAndNothingElse(String name) {
    byte[] whole = FuzzCorpus.images().get(name);
    if (!name.equals("float.tif")) {
      assertThat(decoder.decode(whole)).isEmpty();
    }
    Mutator mutator = new Mutator(FuzzCorpus.bytes(), name.hashCode());
    for (int i = 0; i < VARIANTS; i++) {
      assertThat(decoder.decode(mutator.damaged(whole)).stream()).isSubsetOf(REASONS);
    }
  }

  @Test
  @EnabledIfSystemProperty(
      named = "ocellus.fuzz.seconds",
      matches = "\\d+",
      disabledReason = "a longer run is wanted only where somebody says how long")
  void andSoForAsLongAsSomebodyLikes() {
    long seed = System.nanoTime();
    List<byte[]> corpus = FuzzCorpus.bytes();
    Mutator mutator = new Mutator(corpus, seed);
    SplittableRandom random = new SplittableRandom(seed);
    Map<FailureReason, Integer> outcomes = new EnumMap<>(FailureReason.class);
    int images = 0;
    Duration wanted = Duration.ofSeconds(Long.getLong("ocellus.fuzz.seconds"));
    long end = System.nanoTime() + wanted.toNanos();
    int runs = 0;
    for (; System.nanoTime() < end; runs++) {
      var outcome = decoder.decode(mutator.damaged(corpus.get(random.nextInt(corpus.size()))));
      outcome.ifPresent(reason -> outcomes.merge(reason, 1, Integer::sum));
      images += outcome.isPresent() ? 0 : 1;
    }
    System.out.printf(
        "seed %d: %d damaged images: %d decoded, else %s; at most %d KiB allocated for one%n",
        seed, runs, images, outcomes, decoder.mostAllocated() / 1024);
    assertThat(outcomes.keySet()).isSubsetOf(REASONS);
  }

  private static Collection<String> names() {
    return FuzzCorpus.images().keySet();
  }
}
