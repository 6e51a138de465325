package io.ocellus.cli.demo;

import java.time.Instant;

/** What became of an image, as a reader of committed results sees it. */
sealed interface Outcome {
  /** Id of the image's event. */
  String image();

  /** When the reader had it. */
  Instant at();

  /** A result. */
  record Classified(String image, String label, double probability, int version, Instant at)
      implements Outcome {}

  /** A dead letter. */
  record Dead(String image, String reason, Instant at) implements Outcome {}
}
