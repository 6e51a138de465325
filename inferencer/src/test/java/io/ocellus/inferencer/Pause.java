package io.ocellus.inferencer;

import java.time.Duration;

/** What passes between images of a device, say, or lasts as long as something is away. */
final class Pause {
  private Pause() {}

  static void of(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
