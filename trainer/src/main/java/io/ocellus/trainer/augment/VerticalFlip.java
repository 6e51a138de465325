package io.ocellus.trainer.augment;

import java.util.SplittableRandom;

/** Mirrors top to bottom; torchvision's {@code RandomVerticalFlip}. */
record VerticalFlip(double probability) implements PictureChange {
  static VerticalFlip of(Parameters parameters) {
    return new VerticalFlip(parameters.value(0.5, 0, 1));
  }

  @Override
  public void change(Picture picture, SplittableRandom random) {
    if (random.nextDouble() < probability) {
      picture.move(x -> x, y -> picture.size() - 1 - y);
    }
  }
}
