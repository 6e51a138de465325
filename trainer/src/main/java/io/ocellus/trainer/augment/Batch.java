package io.ocellus.trainer.augment;

/**
 * A batch to be mixed. Its arrays may be longer than its images need.
 *
 * @param pixels NCHW, normalised
 * @param targets shape (N, classes): the share of each class in each image
 * @param images N
 * @param classes how many there are
 * @param size width and height
 */
@SuppressWarnings("ArrayRecordComponent")
public record Batch(float[] pixels, float[] targets, int images, int classes, int size) {
  /** The image that is mixed into that one: the one before it, as torchvision's roll by one. */
  int partner(int image) {
    return Math.floorMod(image - 1, images);
  }

  /** Targets become {@code share} of their own and the rest of their partner's. */
  void mixTargets(double share) {
    float[] before = targets.clone();
    for (int image = 0; image < images; image++) {
      int own = image * classes;
      int other = partner(image) * classes;
      for (int c = 0; c < classes; c++) {
        targets[own + c] = (float) (share * before[own + c] + (1 - share) * before[other + c]);
      }
    }
  }
}
