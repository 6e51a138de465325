package io.ocellus.trainer.report;

import io.ocellus.network.ActivationMaps.ActivationMap;
import java.awt.Color;
import java.awt.image.BufferedImage;

/**
 * An activation map as colours, from dark blue where nothing speaks for the class to yellow at its
 * most. Where nothing does anywhere, from its least.
 */
final class HeatMap {
  private static final Color[] SCALE = {
    new Color(20, 20, 90), new Color(120, 30, 130), new Color(220, 70, 80), new Color(255, 220, 90)
  };

  private final int extent;
  private final float[] values;
  private final float least;
  private final float range;

  HeatMap(ActivationMap map) {
    extent = map.extent();
    values = map.values();
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    least = high > 0 ? Math.max(0, low) : low;
    range = high > least ? high - least : 1;
  }

  /** In that size, interpolated between the map's cells. */
  BufferedImage image(int size) {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        image.setRGB(x, y, color((at(x, y, size) - least) / range));
      }
    }
    return image;
  }

  private float at(int x, int y, int size) {
    float column = Math.max(0, Math.min(extent - 1, (x + 0.5f) * extent / size - 0.5f));
    float row = Math.max(0, Math.min(extent - 1, (y + 0.5f) * extent / size - 0.5f));
    int left = (int) column;
    int top = (int) row;
    int right = Math.min(left + 1, extent - 1);
    int bottom = Math.min(top + 1, extent - 1);
    float across = column - left;
    float above = mix(values[top * extent + left], values[top * extent + right], across);
    float below = mix(values[bottom * extent + left], values[bottom * extent + right], across);
    return mix(above, below, row - top);
  }

  private static int color(float share) {
    float place = Math.max(0, Math.min(1, share)) * (SCALE.length - 1);
    int from = Math.min((int) place, SCALE.length - 2);
    Color a = SCALE[from];
    Color b = SCALE[from + 1];
    float t = place - from;
    return Math.round(mix(a.getRed(), b.getRed(), t)) << 16
        | Math.round(mix(a.getGreen(), b.getGreen(), t)) << 8
        | Math.round(mix(a.getBlue(), b.getBlue(), t));
  }

  private static float mix(float a, float b, float share) {
    return a + (b - a) * share;
  }
}
