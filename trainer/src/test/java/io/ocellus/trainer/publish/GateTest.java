package io.ocellus.trainer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocellus.trainer.training.Evaluation;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GateTest {
  private final Gate gate = new Gate(0.02, 0.1);

  @Test
  void theFirstIsLetThrough() {
    assertThat(gate.decide(evaluation(0.1, 0.1, 0.1), Optional.empty()).accepted()).isTrue();
  }

  @Test
  void exactlyTheMarginIsLetThroughAndMoreIsNot() {
    Optional<Evaluation> serving = Optional.of(evaluation(0.82, 0.8, 0.8));
    assertThat(gate.decide(evaluation(0.80, 0.8, 0.8), serving).accepted()).isTrue();
    Gate.Decision refused = gate.decide(evaluation(0.79, 0.8, 0.8), serving);
    assertThat(refused.accepted()).isFalse();
    assertThat(refused.message())
        .isEqualTo("accuracy 79.0% is more than 2.0 points below the serving version's 82.0%");
  }

  @Test
  void oneClassThatFallsIsEnough() {
    Gate.Decision refused =
        gate.decide(evaluation(0.9, 1.0, 0.6), Optional.of(evaluation(0.8, 0.8, 0.8)));
    assertThat(refused.accepted()).isFalse();
    assertThat(refused.message()).contains("accuracy of b 60.0%");
  }

  @Test
  void marginsThatAreNoneNameTheSettings() {
    assertThatThrownBy(() -> new Gate(-1, 0)).hasMessageContaining("gate.margin");
  }

  private static Evaluation evaluation(double all, double a, double b) {
    return new Evaluation(100, 0.5, all, Map.of("a", a, "b", b));
  }
}
