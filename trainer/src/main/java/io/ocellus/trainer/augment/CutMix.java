package io.ocellus.trainer.augment;

import java.util.SplittableRandom;

/**
 * Pastes a rectangle of another image into every image, and targets change by its area (Yun et al.,
 * CutMix, 2019); torchvision's {@code CutMix}.
 *
 * @param alpha the area's share of a batch is drawn from Beta(alpha, alpha)
 */
record CutMix(double alpha) implements BatchMix {
  static CutMix of(Parameters parameters) {
    return new CutMix(parameters.value(1, Beta.LEAST, Beta.MOST));
  }

  @Override
  public void mix(Batch batch, SplittableRandom random) {
    int size = batch.size();
    double half = 0.5 * Math.sqrt(1 - Beta.draw(alpha, random)) * size;
    int x = random.nextInt(size);
    int y = random.nextInt(size);
    int left = Math.max(0, x - (int) half);
    int right = Math.min(size, x + (int) half);
    int top = Math.max(0, y - (int) half);
    int bottom = Math.min(size, y + (int) half);
    paste(batch, left, right, top, bottom);
    batch.mixTargets(1 - (double) (right - left) * (bottom - top) / (size * size));
  }

  private static void paste(Batch batch, int left, int right, int top, int bottom) {
    int size = batch.size();
    int floats = 3 * size * size;
    float[] pixels = batch.pixels();
    float[] last = new float[floats];
    System.arraycopy(pixels, (batch.images() - 1) * floats, last, 0, floats);
    for (int image = batch.images() - 1; image >= 0; image--) {
      float[] from = image == 0 ? last : pixels;
      int partner = image == 0 ? 0 : (image - 1) * floats;
      for (int channel = 0; channel < 3; channel++) {
        for (int y = top; y < bottom; y++) {
          int at = (channel * size + y) * size + left;
          System.arraycopy(from, partner + at, pixels, image * floats + at, right - left);
        }
      }
    }
  }
}
