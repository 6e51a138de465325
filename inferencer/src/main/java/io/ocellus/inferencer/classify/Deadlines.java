package io.ocellus.inferencer.classify;

import io.ocellus.topic.EventHeaders;
import java.time.Duration;
import java.time.Instant;

/**
 * When an image's classification comes too late: at the instant of its {@code ocellus_deadline}
 * header, or at an age that holds for all; whichever is first. A header that is no instant is none.
 */
final class Deadlines {
  private final Duration maxAge;

  /**
   * @param maxAge since an image was taken; zero for any
   */
  Deadlines(Duration maxAge) {
    this.maxAge = maxAge;
  }

  /** The instant; {@link Instant#MAX} where it is never too late. */
  Instant of(ImageEvent event) {
    Instant own =
        EventHeaders.text(event.headers(), EventHeaders.DEADLINE)
            .flatMap(EventHeaders::instant)
            .orElse(Instant.MAX);
    Instant aged = maxAge.isZero() ? Instant.MAX : event.captured().plus(maxAge);
    return own.isBefore(aged) ? own : aged;
  }
}
