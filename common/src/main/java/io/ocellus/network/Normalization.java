package io.ocellus.network;

import io.ocellus.service.Required;
import java.util.List;

/**
 * Per-channel standardisation of RGB values in [0,1]: {@code (x - mean) / std}, as torchvision's
 * {@code Normalize}.
 *
 * @param mean of red, green and blue
 * @param std standard deviation of red, green and blue; above zero
 */
public record Normalization(@Required List<Float> mean, @Required List<Float> std) {
  /** ImageNet's, as torchvision publishes them with its weights. */
  public static final Normalization IMAGENET =
      new Normalization(List.of(0.485f, 0.456f, 0.406f), List.of(0.229f, 0.224f, 0.225f));

  /** Leaves values as they are. */
  public static final Normalization NONE =
      new Normalization(List.of(0f, 0f, 0f), List.of(1f, 1f, 1f));

  public Normalization {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    requireThree("mean", mean);
    requireThree("std", std);
    for (int i = 0; i < std.size(); i++) {
      if (!(std.get(i) > 0)) {
        throw new IllegalArgumentException(
            "std[%d] must be above zero, not %s".formatted(i, std.get(i)));
      }
    }
  }

  private static void requireThree(String name, List<Float> values) {
    if (values.size() != 3) {
      throw new IllegalArgumentException(
          "%s must be three numbers, of red, green and blue, not %d"
              .formatted(name, values.size()));
    }
    for (int i = 0; i < values.size(); i++) {
      if (!Float.isFinite(values.get(i))) {
        throw new IllegalArgumentException(
            "%s[%d] must be a finite number, not %s".formatted(name, i, values.get(i)));
      }
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
