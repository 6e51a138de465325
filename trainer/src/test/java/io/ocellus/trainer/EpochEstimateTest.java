package io.ocellus.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EpochEstimateTest {
  private final List<String> lines = new ArrayList<>();
  private double now;
  private final EpochEstimate estimate = new EpochEstimate(() -> (long) (now * 1e9), lines::add);

  @Test
  void aLongEpochIsEstimatedAfterItsFirstStepsAndThenEveryMinute() {
    start(20);
    at(2, 32, 3200);
    assertThat(lines).isEmpty();
    at(4, 64, 3200);
    at(30, 480, 3200);
    at(70, 1120, 3200);
    assertThat(lines)
        .containsExactly(
            "Epoch 1/20: 64 of 3200 images, loss 0.5000, accuracy 0.750; an epoch takes about 3 min, the run about 66 min more",
            "Epoch 1/20: 1120 of 3200 images, loss 0.5000, accuracy 0.750; an epoch takes about 3 min, the run about 65 min more");
  }

  @Test
  void aShortEpochIsNot() {
    start(3);
    at(4, 64, 200);
    at(8, 128, 200);
    assertThat(lines).isEmpty();
  }

  private void start(int epochs) {
    estimate.on(
        new TrainingEvent.Started(
            "default",
            "run",
            Instant.EPOCH,
            "test",
            "resnet-18",
            List.of("a", "b"),
            3200,
            10,
            epochs,
            0,
            "fresh"));
  }

  private void at(double seconds, int done, int of) {
    now = seconds;
    estimate.progress(1, done, of, 0.5, 0.75);
  }
}
