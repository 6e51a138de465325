package io.ocellus.trainer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EpochBarsTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final EpochBars bars = new EpochBars(new PrintStream(written, true, UTF_8));

  @Test
  void anEventEndsTheLineOfTheBarSoThatTheLogBeginsItsOwn() {
    bars.progress(10, 1071, 2142, 0.9, 0.5);
    bars.progress(10, 2142, 2142, 0.7123, 0.75);

    bars.on(new TrainingEvent.Waiting("default", "run", Instant.EPOCH, "for labels"));

    assertThat(written.toString(UTF_8))
        .contains("2142/2142")
        .contains("loss 0.712, 75.0%")
        .endsWith(System.lineSeparator());
  }
}
