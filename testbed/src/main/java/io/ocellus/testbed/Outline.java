package io.ocellus.testbed;

import java.util.Arrays;
import java.util.Locale;

/** What the classes look like: signed distances to shapes of about the same area around (0,0). */
enum Outline {
  CROSS {
    @Override
    double distance(double x, double y) {
      double a = Math.abs(x);
      double b = Math.abs(y);
      return Math.min(box(a, b, 1.05, 0.34), box(a, b, 0.34, 1.05));
    }
  },
  RING {
    @Override
    double distance(double x, double y) {
      return Math.abs(Math.hypot(x, y) - 0.72) - 0.26;
    }
  },
  SQUARE {
    @Override
    double distance(double x, double y) {
      return Math.abs(box(Math.abs(x), Math.abs(y), 0.68, 0.68)) - 0.22;
    }
  },
  TRIANGLE {
    @Override
    double distance(double x, double y) {
      double slope = Math.sqrt(3) / 2 * Math.abs(x) + y / 2;
      return Math.abs(Math.max(slope, -y) - 0.45) - 0.22;
    }
  };

  /** How far outside (positive) or inside (negative) of the shape a point lies. */
  abstract double distance(double x, double y);

  /** The name of the class. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Outline of(String label) {
    return Arrays.stream(values())
        .filter(outline -> outline.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no class " + label));
  }

  private static double box(double x, double y, double halfWidth, double halfHeight) {
    double outside = Math.hypot(Math.max(x - halfWidth, 0), Math.max(y - halfHeight, 0));
    return outside + Math.min(Math.max(x - halfWidth, y - halfHeight), 0);
  }
}
