package io.ocellus.trainer.training;

import io.ocellus.network.Normalization;
import io.ocellus.trainer.training.Augmentation.Placement;

/** Turns bytes of an image into what the network takes: [0,1], then normalised, per channel. */
final class InputScale {
  private static final int LEVELS = 256;

  private final float[][] values = new float[3][LEVELS];
  private final int size;

  InputScale(Normalization normalization, int size) {
    this.size = size;
    for (int channel = 0; channel < 3; channel++) {
      float mean = normalization.mean().get(channel);
      float std = normalization.std().get(channel);
      for (int level = 0; level < LEVELS; level++) {
        values[channel][level] = (level / 255f - mean) / std;
      }
    }
  }

  int floatsPerImage() {
    return 3 * size * size;
  }

  /** Writes one image into a batch; what the placement leaves uncovered is black. */
  void write(byte[] pixels, Placement placement, float[] target, int offset) {
    int to = offset;
    for (int channel = 0; channel < 3; channel++) {
      float[] scale = values[channel];
      int plane = channel * size * size;
      for (int y = 0; y < size; y++) {
        int fromY = y + placement.dy();
        for (int x = 0; x < size; x++) {
          int fromX = (placement.mirrored() ? size - 1 - x : x) + placement.dx();
          boolean inside = fromX >= 0 && fromX < size && fromY >= 0 && fromY < size;
          target[to++] = scale[inside ? pixels[plane + fromY * size + fromX] & 0xff : 0];
        }
      }
    }
  }
}
