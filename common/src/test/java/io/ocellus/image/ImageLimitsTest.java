package io.ocellus.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocellus.config.ConfigurationException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ImageLimitsTest {
  private static final long MIB = 1 << 20;

  private final ImageLimits limits = new ImageLimits(20_000_000, 50_000_000);

  @Test
  void aHeapThatCannotKeepThemIsRefusedByName() {
    assertThatThrownBy(() -> limits.requireHeap(512 * MIB))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("image.max-pixels is 50,000,000")
        .hasMessageContaining("40,265,318 at most")
        .hasMessageContaining("-Xmx636m");
  }

  @Test
  void whatTheErrorAdvisesHelps() {
    assertThatCode(() -> limits.requireHeap(636 * MIB)).doesNotThrowAnyException();
    assertThatCode(() -> new ImageLimits(20_000_000, 40_265_318).requireHeap(512 * MIB))
        .doesNotThrowAnyException();
  }

  @Test
  void endlessLimitsAreAnErrorAsWell() {
    assertThatThrownBy(() -> new ImageLimits(1, Long.MAX_VALUE).requireHeap(512 * MIB))
        .isInstanceOf(ConfigurationException.class);
  }

  @Test
  void smallImagesHaveHalfOfTheTime() {
    assertThat(limits.timeLimit(0).cpu()).isEqualTo(Duration.ofSeconds(1));
    assertThat(limits.timeLimit(25_000_000).cpu()).isEqualTo(Duration.ofMillis(1500));
    assertThat(limits.timeLimit(50_000_000).cpu()).isEqualTo(Duration.ofSeconds(2));
  }
}
