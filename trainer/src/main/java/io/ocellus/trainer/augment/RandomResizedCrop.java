package io.ocellus.trainer.augment;

import java.util.SplittableRandom;

/**
 * Cuts out a part of random area and shape and enlarges it to the whole; torchvision's {@code
 * RandomResizedCrop} (Szegedy et al., Going deeper with convolutions, 2015). It cuts from the image
 * as the network sees it, not from the original, whose further detail is gone by then.
 *
 * @param least smallest area, as a share of the picture's
 * @param most largest area
 * @param ratio widest shape; the tallest is its reciprocal
 */
record RandomResizedCrop(double least, double most, double ratio) implements PictureChange {
  private static final int ATTEMPTS = 10;

  static RandomResizedCrop of(Parameters parameters) {
    return new RandomResizedCrop(
        parameters.value(0.08, 0.01, 1),
        parameters.number("to", 1, 0.01, 1),
        parameters.number("ratio", 4.0 / 3, 1, 10));
  }

  @Override
  public void change(Picture picture, SplittableRandom random) {
    int size = picture.size();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      double area = (least + (most - least) * random.nextDouble()) * size * size;
      double shape = Math.exp((2 * random.nextDouble() - 1) * Math.log(ratio));
      int width = (int) Math.round(Math.sqrt(area * shape));
      int height = (int) Math.round(Math.sqrt(area / shape));
      if (width > 0 && width <= size && height > 0 && height <= size) {
        int left = random.nextInt(size - width + 1);
        int top = random.nextInt(size - height + 1);
        picture.resample(new Part(left, top, width, height, size));
        return;
      }
    }
  }

  /** A rectangle enlarged to the whole picture; beyond its edge lie its outermost pixels. */
  private record Part(int left, int top, int width, int height, int size)
      implements Picture.Source {
    @Override
    public double x(int x, int y) {
      return left + within((x + 0.5) * width / size - 0.5, width);
    }

    @Override
    public double y(int x, int y) {
      return top + within((y + 0.5) * height / size - 0.5, height);
    }

    private static double within(double place, int length) {
      return Math.min(Math.max(place, 0), length - 1);
    }
  }
}
