package io.ocellus.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.apache.kafka.common.errors.InterruptException;
import org.junit.jupiter.api.Test;

class PublicationPaceTest {
  private static final int MIB = 1024 * 1024;
  private static final Duration LONG = Duration.ofMinutes(1);

  @Test
  void aVersionTakesItsTime() {
    assertThat(sending(8 * MIB, LONG)).isGreaterThanOrEqualTo(Duration.ofMillis(250));
  }

  @Test
  void aLargeVersionIsInTimeForItsTransaction() {
    assertThat(sending(1024 * MIB, Duration.ofMillis(100)))
        .isBetween(Duration.ofMillis(100), Duration.ofSeconds(20));
  }

  @Test
  void anInterruptionEndsTheWait() {
    PublicationPace pace = new PublicationPace(1024 * MIB, LONG);
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> pace.sent(512 * MIB)).isInstanceOf(InterruptException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  private static Duration sending(int bytes, Duration longest) {
    long began = System.nanoTime();
    PublicationPace pace = new PublicationPace(bytes, longest);
    for (int sent = 0; sent < bytes; sent += MIB) {
      pace.sent(MIB);
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }
}
