package io.ocellus.trainer.augment;

/**
 * Where the pixels of a turned, sheared or shifted picture come from: {@code (a x + b y + c, d x +
 * e y + f)}, with the origin in the middle of the picture.
 */
record Affine(double a, double b, double c, double d, double e, double f) {
  /** Turned counter-clockwise about its middle. */
  static Affine rotation(double degrees) {
    double angle = Math.toRadians(degrees);
    double sin = Math.sin(angle);
    double cos = Math.cos(angle);
    return new Affine(cos, -sin, 0, sin, cos, 0);
  }

  /** Sheared along its rows and columns, by these tangents. */
  static Affine shear(double horizontal, double vertical) {
    return new Affine(1, horizontal, 0, vertical, 1, 0);
  }

  /** Shifted to the right and down, by so many pixels. */
  static Affine translation(double right, double down) {
    return new Affine(1, 0, -right, 0, 1, -down);
  }

  void apply(Picture picture) {
    double middle = (picture.size() - 1) / 2.0;
    picture.resample(
        new Picture.Source() {
          @Override
          public double x(int x, int y) {
            return a * (x - middle) + b * (y - middle) + c + middle;
          }

          @Override
          public double y(int x, int y) {
            return d * (x - middle) + e * (y - middle) + f + middle;
          }
        });
  }
}
