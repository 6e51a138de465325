package io.ocellus.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  private final Pace pace = new Pace(Duration.ofMillis(50));

  @Test
  void aBudgetIsSpreadOverTheTimeThatIsExpected() {
    assertThat(pace.stretched(100, Duration.ofSeconds(20))).isEqualTo(Duration.ofMillis(200));
  }

  @Test
  void theLessIsLeftTheSlowerItIsSpent() {
    assertThat(pace.stretched(50, Duration.ofSeconds(20)))
        .isGreaterThan(pace.stretched(100, Duration.ofSeconds(20)));
  }

  @Test
  void itNeverRunsFasterThanTheUndisturbedStreamNorStandsStill() {
    assertThat(pace.stretched(1000, Duration.ofSeconds(1))).isEqualTo(Duration.ofMillis(50));
    assertThat(pace.stretched(1, Duration.ofMinutes(9))).isEqualTo(Duration.ofSeconds(2));
  }
}
