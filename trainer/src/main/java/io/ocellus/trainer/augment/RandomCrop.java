package io.ocellus.trainer.augment;

import java.util.SplittableRandom;

/**
 * Pads with black on every side and cuts the picture's size out at a random place; torchvision's
 * {@code RandomCrop(size, padding)}.
 *
 * @param padding as a share of the size; an eighth is the 4 of 32 pixels usual for CIFAR
 */
record RandomCrop(double padding) implements PictureChange {
  static RandomCrop of(Parameters parameters) {
    return new RandomCrop(parameters.value(0.125, 0, 1));
  }

  @Override
  public void change(Picture picture, SplittableRandom random) {
    int margin = (int) Math.round(padding * picture.size());
    int right = random.nextInt(2 * margin + 1) - margin;
    int down = random.nextInt(2 * margin + 1) - margin;
    if (right != 0 || down != 0) {
      picture.move(x -> x + right, y -> y + down);
    }
  }
}
