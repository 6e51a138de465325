package io.ocellus.trainer.augment;

import java.util.SplittableRandom;

/** Mirrors left to right; torchvision's {@code RandomHorizontalFlip}. */
record HorizontalFlip(double probability) implements PictureChange {
  static HorizontalFlip of(Parameters parameters) {
    return new HorizontalFlip(parameters.value(0.5, 0, 1));
  }

  @Override
  public void change(Picture picture, SplittableRandom random) {
    if (random.nextDouble() < probability) {
      picture.move(x -> picture.size() - 1 - x, y -> y);
    }
  }
}
