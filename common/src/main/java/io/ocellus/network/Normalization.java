package io.ocellus.network;

import java.util.List;

/**
 * Per-channel standardisation of RGB values in [0,1]: {@code (x - mean) / std}, as torchvision's
 * {@code Normalize}.
 *
 * @param mean of red, green and blue
 * @param std standard deviation of red, green and blue; above zero
 */
public record Normalization(List<Float> mean, List<Float> std) {
  /** ImageNet's, as torchvision publishes them with its weights. */
  public static final Normalization IMAGENET =
      new Normalization(List.of(0.485f, 0.456f, 0.406f), List.of(0.229f, 0.224f, 0.225f));

  /** Leaves values as they are. */
  public static final Normalization NONE =
      new Normalization(List.of(0f, 0f, 0f), List.of(1f, 1f, 1f));

  public Normalization {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (mean.size() != 3 || std.size() != 3 || std.stream().anyMatch(s -> !(s > 0))) {
      throw new IllegalArgumentException(
          "Normalization needs three means and three positive deviations, not %s and %s"
              .formatted(mean, std));
    }
  }

  /** What is subtracted from each channel. */
  float[] means() {
    return new float[] {mean.get(0), mean.get(1), mean.get(2)};
  }

  /** What each channel is multiplied by then. */
  float[] inverseStds() {
    float[] inverse = new float[std.size()];
    for (int i = 0; i < inverse.length; i++) {
      inverse[i] = (float) Math.pow(std.get(i), -1);
    }
    return inverse;
  }
}
