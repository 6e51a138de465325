package io.ocellus.trainer.training;

/** Hears how a run gets on; on the thread that trains. */
public interface Progress {
  /**
   * Some images of an epoch were learned from.
   *
   * @param epoch counted from one
   * @param done images of the epoch so far
   * @param of images that the epoch has
   * @param loss mean over those that are done
   * @param accuracy share of those that are done
   */
  void images(int epoch, int done, int of, double loss, double accuracy);

  /** An epoch is over. */
  void epoch(EpochResult result);

  /** Memory ran out, and batches are half as large from now on. */
  void halved();
}
