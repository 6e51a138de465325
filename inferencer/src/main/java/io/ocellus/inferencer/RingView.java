package io.ocellus.inferencer;

import java.time.Duration;

/** A task's ring as metrics see it, from any thread. */
public interface RingView {
  /** Images that may be in flight. */
  int slots();

  /** Images in flight. */
  int size();

  /** How long the image at the head has been in flight; zero where there is none. */
  Duration oldest();
}
