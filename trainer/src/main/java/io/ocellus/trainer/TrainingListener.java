package io.ocellus.trainer;

/** Hears what happens in a trainer, on the trainer's threads: be quick, and throw nothing. */
@FunctionalInterface
public interface TrainingListener {
  /** Something happened. */
  void on(TrainingEvent event);

  /**
   * Some images of an epoch were learned from.
   *
   * @param epoch counted from one
   * @param done images of the epoch so far
   * @param of images that the epoch has
   * @param loss mean over those that are done
   * @param accuracy share of those that are done
   */
  default void progress(int epoch, int done, int of, double loss, double accuracy) {}
}
