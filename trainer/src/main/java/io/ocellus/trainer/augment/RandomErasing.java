package io.ocellus.trainer.augment;

import java.util.SplittableRandom;

/**
 * Erases a random rectangle (Zhong et al., Random erasing data augmentation, 2020); torchvision's
 * {@code RandomErasing}, which writes zeros behind the normalisation.
 *
 * @param probability that a picture loses one
 * @param least smallest area, as a share of the picture's
 * @param most largest area
 */
record RandomErasing(double probability, double least, double most) implements PictureChange {
  private static final int ATTEMPTS = 10;
  private static final double TALLEST = Math.log(0.3);
  private static final double WIDEST = Math.log(3.3);

  static RandomErasing of(Parameters parameters) {
    return new RandomErasing(
        parameters.value(0.5, 0, 1),
        parameters.number("from", 0.02, 0, 1),
        parameters.number("to", 0.33, 0, 1));
  }

  @Override
  public void change(Picture picture, SplittableRandom random) {
    if (random.nextDouble() >= probability) {
      return;
    }
    int size = picture.size();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      double area = (least + (most - least) * random.nextDouble()) * size * size;
      double shape = Math.exp(TALLEST + (WIDEST - TALLEST) * random.nextDouble());
      int height = (int) Math.round(Math.sqrt(area * shape));
      int width = (int) Math.round(Math.sqrt(area / shape));
      if (height < size && width < size) {
        int top = random.nextInt(size - height + 1);
        int left = random.nextInt(size - width + 1);
        picture.erase(left, top, width, height);
        return;
      }
    }
  }
}
