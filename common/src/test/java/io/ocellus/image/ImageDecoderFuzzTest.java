package io.ocellus.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Damages valid images of every format in thousands of ways, the same ones each time. */
class ImageDecoderFuzzTest {
  private static final int VARIANTS = 300;
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
      decoder.decode(mutator.damaged(whole));
    }
  }

  private static Collection<String> names() {
    return FuzzCorpus.images().keySet();
  }
}
