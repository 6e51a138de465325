package io.ocellus.trainer.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupBootstrapTest {
  private final List<String> groups = new ArrayList<>();
  private final List<Boolean> right = new ArrayList<>();

  /** All 5^5 ways of drawing these groups, counted: 2.5% of them lie below 5/16, 2.5% above 6/7. */
  @Test
  void isThatOfAllWaysOfDrawingTheGroups() {
    group("a", 3, 4);
    group("b", 1, 4);
    group("c", 5, 5);
    group("d", 0, 2);
    group("e", 6, 8);

    Interval interval = GroupBootstrap.of(groups, right);

    assertThat(interval.low()).isEqualTo(5.0 / 16);
    assertThat(interval.high()).isEqualTo(6.0 / 7);
  }

  /** Then it is binomial: the quantiles of B(263, 81/263) are 67 and 96. */
  @Test
  void ofSingleImagesItIsBinomial() {
    for (int image = 0; image < 263; image++) {
      group("image " + image, image < 81 ? 1 : 0, 1);
    }

    Interval interval = GroupBootstrap.of(groups, right);

    assertThat(interval.low()).isCloseTo(67 / 263.0, within(1 / 263.0));
    assertThat(interval.high()).isCloseTo(96 / 263.0, within(1 / 263.0));
  }

  @Test
  void imagesOfOneGroupCountAsOne() {
    group("a", 40, 50);
    group("b", 30, 50);

    assertThat(GroupBootstrap.of(groups, right)).isEqualTo(new Interval(0.6, 0.8));
    assertThat(Interval.wilson(70, 100).high()).isLessThan(0.8);
  }

  private void group(String name, int rightOnes, int all) {
    for (int i = 0; i < all; i++) {
      groups.add(name);
      right.add(i < rightOnes);
    }
  }
}
