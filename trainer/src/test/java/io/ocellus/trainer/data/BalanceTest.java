package io.ocellus.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BalanceTest {
  /** Ten images of class 0, four of class 1, one of class 2. */
  private static List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    int[] counts = {10, 4, 1};
    for (int label = 0; label < counts.length; label++) {
      for (int i = 0; i < counts[label]; i++) {
        samples.add(new Sample(label + "-" + i, label));
      }
    }
    return samples;
  }

  private static long count(List<Sample> samples, int label) {
    return samples.stream().filter(sample -> sample.label() == label).count();
  }

  @Test
  void repeatsImagesOfSmallClassesUpToTheThreshold() {
    List<Sample> balanced = Balance.oversampled(samples(), 3, 0.5, 42);

    assertThat(count(balanced, 0)).isEqualTo(10);
    assertThat(count(balanced, 1)).isEqualTo(5);
    assertThat(count(balanced, 2)).isEqualTo(5);
    assertThat(balanced).doesNotHaveDuplicates().containsAll(samples());
    assertThat(balanced).contains(new Sample("2-0", 2, 4));
    assertThat(Balance.oversampled(samples(), 3, 0.5, 42)).isEqualTo(balanced);
  }

  @Test
  void repeatsEveryImageBeforeOneComesAThirdTime() {
    List<Sample> balanced = Balance.oversampled(samples(), 3, 0.8, 42);

    assertThat(balanced.stream().filter(s -> s.label() == 1 && s.copy() == 1)).hasSize(4);
    assertThat(balanced.stream().filter(s -> s.label() == 1 && s.copy() == 2)).isEmpty();
  }

  @Test
  void weighsClassesSoThatEachCountsTheSame() {
    assertThat(Balance.weights(samples(), 3)).containsExactly(0.5f, 1.25f, 5f);
  }

  @Test
  void refusesAShareThatIsNone() {
    assertThatThrownBy(() -> Balance.oversampled(samples(), 3, 1.5, 42))
        .hasMessageContaining("training.balance-share");
  }
}
