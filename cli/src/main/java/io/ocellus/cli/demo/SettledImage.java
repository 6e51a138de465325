package io.ocellus.cli.demo;

import java.time.Duration;
import java.util.Optional;

/** An image and what became of it. */
record SettledImage(BookedImage sent, Outcome outcome) {
  /** From the send of the image until a reader of committed results had its outcome. */
  Duration latency() {
    return Duration.between(sent.at(), outcome.at());
  }

  /** Whether it was classified, and as what it is. */
  boolean correct() {
    return outcome instanceof Outcome.Classified classified
        && sent.truth().equals(Optional.of(classified.label()));
  }
}
