package io.ocellus.trainer.training;

/** Hears how a run gets on; on the thread that trains. */
public interface Progress {
  /** Some images of an epoch, counted from one, were learned from. */
  void images(int epoch, int done, int of);

  /** An epoch is over. */
  void epoch(EpochResult result);

  /** Memory ran out, and batches are half as large from now on. */
  void halved();
}
