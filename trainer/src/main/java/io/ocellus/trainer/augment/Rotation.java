package io.ocellus.trainer.augment;

import java.util.SplittableRandom;

/**
 * Turns about the middle by a random angle, with black in the corners; torchvision's {@code
 * RandomRotation}, bilinear.
 *
 * @param degrees the largest angle, either way
 */
record Rotation(double degrees) implements PictureChange {
  static Rotation of(Parameters parameters) {
    return new Rotation(parameters.value(15, 0, 180));
  }

  @Override
  public void change(Picture picture, SplittableRandom random) {
    Affine.rotation((2 * random.nextDouble() - 1) * degrees).apply(picture);
  }
}
