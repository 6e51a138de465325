package io.ocellus.trainer.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class IntervalTest {
  /** 81 of 263, method 3 of Newcombe, 1998, table I: 0.2553 to 0.3662. */
  @Test
  void isWilsons() {
    Interval interval = Interval.wilson(81, 263);

    assertThat(interval.low()).isCloseTo(0.2553, within(1e-4));
    assertThat(interval.high()).isCloseTo(0.3662, within(1e-4));
  }

  @Test
  void neverLeavesZeroToOne() {
    assertThat(Interval.wilson(0, 20).low()).isZero();
    assertThat(Interval.wilson(20, 20).high()).isEqualTo(1);
    assertThat(Interval.wilson(20, 20).low()).isBetween(0.8, 0.9);
    assertThat(Interval.wilson(0, 0)).isEqualTo(new Interval(0, 1));
  }
}
