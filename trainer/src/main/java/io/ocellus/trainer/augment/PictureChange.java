package io.ocellus.trainer.augment;

import java.util.SplittableRandom;

/** Changes one picture at a time. */
non-sealed interface PictureChange extends Augmentation {
  /** Changes the picture; the same for the same state of the generator. */
  void change(Picture picture, SplittableRandom random);
}
