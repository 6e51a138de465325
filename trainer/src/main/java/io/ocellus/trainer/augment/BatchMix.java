package io.ocellus.trainer.augment;

import java.util.SplittableRandom;

/** Mixes the images of a batch, and what they are, with one another. */
non-sealed interface BatchMix extends Augmentation {
  /** Mixes in place; the same for the same state of the generator. */
  void mix(Batch batch, SplittableRandom random);
}
