package io.ocellus.trainer.augment;

import java.util.SplittableRandom;

/** Draws from the symmetric beta distribution, by Jöhnk's method: exact, and quick while small. */
final class Beta {
  static final double LEAST = 0.05;
  static final double MOST = 4;

  private Beta() {}

  static double draw(double alpha, SplittableRandom random) {
    while (true) {
      double x = Math.pow(random.nextDouble(), 1 / alpha);
      double y = Math.pow(random.nextDouble(), 1 / alpha);
      if (x + y > 0 && x + y <= 1) {
        return x / (x + y);
      }
    }
  }
}
