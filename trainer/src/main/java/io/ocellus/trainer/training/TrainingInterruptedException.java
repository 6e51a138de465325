package io.ocellus.trainer.training;

/** The run was asked to stop. */
public final class TrainingInterruptedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TrainingInterruptedException() {
    super("The run was interrupted");
  }

  /** Throws it where the thread was asked to stop. */
  static void throwIfAsked() {
    if (Thread.currentThread().isInterrupted()) {
      throw new TrainingInterruptedException();
    }
  }
}
