package io.ocellus.service;

import java.util.concurrent.CompletionStage;

/** Something that runs until it is told to stop, or until it can do no more. */
public interface Service extends AutoCloseable {
  /** Begins its work, on threads of its own, and returns. */
  void start();

  /**
   * Completes with the reason once the service has given up for good: the process should then end,
   * and whatever runs it start a new one. Never completes otherwise.
   */
  CompletionStage<String> gaveUp();

  /** Stops. */
  @Override
  void close();
}
