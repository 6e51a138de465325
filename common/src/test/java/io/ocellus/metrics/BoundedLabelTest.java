package io.ocellus.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoundedLabelTest {
  private final BoundedLabel label = new BoundedLabel(2);

  @Test
  void theFirstNamesStandForThemselvesAndTheRestIsOther() {
    assertThat(label.of("a")).isEqualTo("a");
    assertThat(label.of("b")).isEqualTo("b");
    assertThat(label.of("c")).isEqualTo("other");
    assertThat(label.of("a")).isEqualTo("a");
  }

  @Test
  void whatIsMissingOrTooLongTakesNoPlace() {
    assertThat(label.of(null)).isEqualTo("other");
    assertThat(label.of(" ")).isEqualTo("other");
    assertThat(label.of("x".repeat(101))).isEqualTo("other");
    assertThat(label.of("a")).isEqualTo("a");
    assertThat(label.of("b")).isEqualTo("b");
  }
}
