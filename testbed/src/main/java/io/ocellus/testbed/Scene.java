package io.ocellus.testbed;

import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/** One made-up picture: uneven ground, clutter, the shape, more clutter, noise. */
final class Scene {
  private static final int STROKES = 2;
  private static final double NOISE = 0.08;
  private static final double LEAST_CONTRAST = 0.15;
  private static final double MOST_CONTRAST = 0.5;

  private final Outline outline;
  private final int size;
  private final SplittableRandom random;
  private final float[][] planes;

  Scene(Outline outline, int size, SplittableRandom random) {
    this.outline = outline;
    this.size = size;
    this.random = random;
    this.planes = new float[3][size * size];
  }

  BufferedImage paint() {
    double[] ground = color(0.05, 0.45);
    layGround(ground);
    for (int i = 0; i < STROKES; i++) {
      stroke(color(0.05, 0.7), 0.7);
      blot(color(0.05, 0.7), 0.6);
    }
    shape(brighterThan(ground));
    stroke(color(0.05, 0.7), 0.8);
    return expose();
  }

  private void layGround(double[] color) {
    double angle = uniform(0, 2 * Math.PI);
    double slope = uniform(0, 0.25);
    double waves = uniform(2, 9);
    double phase = uniform(0, 6);
    double depth = uniform(0, 0.08);
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        double along = (unit(x) * Math.cos(angle) + unit(y) * Math.sin(angle));
        double light = slope * along + depth * Math.sin(waves * along + phase);
        for (int c = 0; c < 3; c++) {
          planes[c][y * size + x] = (float) (color[c] + light);
        }
      }
    }
  }

  private void shape(double[] color) {
    double scale = uniform(0.5, 0.8);
    double left = uniform(-0.2, 0.2);
    double top = uniform(-0.2, 0.2);
    double angle = uniform(-0.4, 0.4);
    double squeeze = uniform(0.85, 1.18);
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    double softness = uniform(1, 2.2);
    cover(
        color,
        uniform(0.75, 1),
        softness,
        (x, y) -> {
          double u = (x - left) / scale;
          double v = (y - top) / scale;
          return scale
              * outline.distance((u * cos + v * sin) * squeeze, (v * cos - u * sin) / squeeze);
        });
  }

  private void stroke(double[] color, double opacity) {
    double angle = uniform(0, Math.PI);
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    double offset = uniform(-0.8, 0.8);
    double middle = uniform(-0.8, 0.8);
    double halfLength = uniform(0.15, 0.6);
    double width = uniform(0.03, 0.09);
    cover(
        color,
        opacity,
        1,
        (x, y) ->
            Math.max(
                Math.abs(x * cos + y * sin - offset) - width,
                Math.abs(y * cos - x * sin - middle) - halfLength));
  }

  private void blot(double[] color, double opacity) {
    double left = uniform(-1, 1);
    double top = uniform(-1, 1);
    double radius = uniform(0.05, 0.22);
    cover(color, opacity, 1.5, (x, y) -> Math.hypot(x - left, y - top) - radius);
  }

  private interface Distance {
    double at(double x, double y);
  }

  private void cover(double[] color, double opacity, double softness, Distance distance) {
    double pixel = softness * 2.0 / size;
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        double share = opacity * clamp(0.5 - distance.at(unit(x), unit(y)) / pixel);
        if (share > 0) {
          for (int c = 0; c < 3; c++) {
            float old = planes[c][y * size + x];
            planes[c][y * size + x] = (float) (old + share * (color[c] - old));
          }
        }
      }
    }
  }

  private BufferedImage expose() {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    int[] pixels = new int[size * size];
    double noise = uniform(0.3, 1) * NOISE;
    for (int i = 0; i < pixels.length; i++) {
      double grain = noise * bell();
      for (int c = 0; c < 3; c++) {
        double level = clamp(planes[c][i] + grain + 0.5 * noise * bell());
        pixels[i] = pixels[i] << 8 | (int) Math.round(255 * level);
      }
    }
    image.setRGB(0, 0, size, size, pixels, 0, size);
    return image;
  }

  /** A colour brighter than the ground, a little or a lot. */
  private double[] brighterThan(double[] ground) {
    double step = uniform(LEAST_CONTRAST, MOST_CONTRAST);
    double[] color = color(-0.12, 0.12);
    for (int c = 0; c < 3; c++) {
      color[c] += ground[c] + step;
    }
    return color;
  }

  private double[] color(double low, double high) {
    return new double[] {uniform(low, high), uniform(low, high), uniform(low, high)};
  }

  /** Roughly normal, mean 0, standard deviation 1. */
  private double bell() {
    return (random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5) * 2;
  }

  private double uniform(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  private double unit(int pixel) {
    return (pixel + 0.5) * 2 / size - 1;
  }

  private static double clamp(double value) {
    return Math.min(Math.max(value, 0), 1);
  }
}
