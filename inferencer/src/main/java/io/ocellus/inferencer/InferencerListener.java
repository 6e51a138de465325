package io.ocellus.inferencer;

import io.ocellus.checkpoint.Manifest;
import io.ocellus.checkpoint.Refusal;
import java.time.Duration;

/** Hears what becomes of checkpoints, on the thread that follows them; must return soon. */
public interface InferencerListener {
  /**
   * A version serves from now on.
   *
   * @param manifest of the version
   * @param sincePublication how long after its manifest was written to the topic
   */
  default void serving(Manifest manifest, Duration sincePublication) {}

  /** A checkpoint was refused; what served before goes on. */
  default void refused(Refusal refusal) {}
}
