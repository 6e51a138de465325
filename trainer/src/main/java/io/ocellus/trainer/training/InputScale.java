package io.ocellus.trainer.training;

import io.ocellus.network.Normalization;
import io.ocellus.trainer.augment.Picture;

/** Turns a picture into what the network takes: normalised, per channel. */
final class InputScale {
  private final Normalization normalization;
  private final int size;

  InputScale(Normalization normalization, int size) {
    this.normalization = normalization;
    this.size = size;
  }

  int floatsPerImage() {
    return 3 * size * size;
  }

  /** A picture to load images into. */
  Picture picture() {
    float[] means = new float[3];
    for (int channel = 0; channel < 3; channel++) {
      means[channel] = normalization.mean().get(channel);
    }
    return new Picture(size, means);
  }

  /** Writes one picture into a batch. */
  void write(Picture picture, float[] target, int offset) {
    float[] values = picture.values();
    int plane = size * size;
    for (int channel = 0; channel < 3; channel++) {
      float mean = normalization.mean().get(channel);
      float std = normalization.std().get(channel);
      for (int i = channel * plane; i < (channel + 1) * plane; i++) {
        target[offset + i] = (values[i] - mean) / std;
      }
    }
  }
}
