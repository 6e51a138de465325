package io.ocellus.inferencer.classify;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocellus.topic.EventHeaders;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
  private static final Instant TAKEN = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void anImageWithoutOneIsNeverTooLate() {
    assertThat(new Deadlines(Duration.ZERO).of(image(null))).isEqualTo(Instant.MAX);
  }

  @Test
  void itsOwnCountsInWhateverTimeZone() {
    assertThat(new Deadlines(Duration.ZERO).of(image("2026-01-01T14:00:01+02:00")))
        .isEqualTo(TAKEN.plusSeconds(1));
  }

  @Test
  void theAgeCountsFromWhenTheImageWasTaken() {
    assertThat(new Deadlines(Duration.ofSeconds(5)).of(image(null)))
        .isEqualTo(TAKEN.plusSeconds(5));
  }

  @Test
  void theFirstOfBothCounts() {
    Deadlines deadlines = new Deadlines(Duration.ofSeconds(5));
    assertThat(deadlines.of(image("2026-01-01T12:00:03Z"))).isEqualTo(TAKEN.plusSeconds(3));
    assertThat(deadlines.of(image("2026-01-01T12:00:07Z"))).isEqualTo(TAKEN.plusSeconds(5));
  }

  @Test
  void whatIsNoInstantIsNoDeadline() {
    assertThat(new Deadlines(Duration.ZERO).of(image("soon"))).isEqualTo(Instant.MAX);
  }

  private static ImageEvent image(String deadline) {
    ImageEvent event = Fixtures.event(1);
    EventHeaders.set(event.headers(), EventHeaders.CE_TIME, TAKEN.toString());
    if (deadline != null) {
      EventHeaders.set(event.headers(), EventHeaders.DEADLINE, deadline);
    }
    return event;
  }
}
