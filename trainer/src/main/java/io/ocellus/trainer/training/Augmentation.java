package io.ocellus.trainer.training;

import java.util.SplittableRandom;

/**
 * Changes a training image at random: mirrored, and cut from a place that is shifted within a black
 * margin, as torchvision's {@code RandomHorizontalFlip} and {@code RandomCrop(size, padding)}.
 *
 * @param flip probability that an image is mirrored
 * @param crop the margin as a share of the size; 0 for none
 */
public record Augmentation(float flip, float crop) {
  /** Leaves images as they are. */
  public static final Augmentation NONE = new Augmentation(0, 0);

  public Augmentation {
    if (!(flip >= 0 && flip <= 1)) {
      throw new IllegalArgumentException("training.horizontal-flip must be 0 to 1, not " + flip);
    }
    if (!(crop >= 0 && crop < 1)) {
      throw new IllegalArgumentException(
          "training.random-crop must be 0 or more and below 1, not " + crop);
    }
  }

  /** One random choice for an image of that size. */
  Placement choose(int size, SplittableRandom random) {
    int margin = Math.round(crop * size);
    boolean mirrored = random.nextDouble() < flip;
    int dx = margin == 0 ? 0 : random.nextInt(2 * margin + 1) - margin;
    int dy = margin == 0 ? 0 : random.nextInt(2 * margin + 1) - margin;
    return new Placement(mirrored, dx, dy);
  }

  /**
   * How one image lies in the network's input.
   *
   * @param mirrored left to right, after the shift
   * @param dx columns by which the window is shifted to the right
   * @param dy rows by which the window is shifted down
   */
  record Placement(boolean mirrored, int dx, int dy) {}
}
