package io.ocellus.trainer.augment;

import java.util.SplittableRandom;

/**
 * Every image becomes a weighted sum of itself and another, and what it shows likewise (Zhang et
 * al., mixup: Beyond empirical risk minimization, 2018); torchvision's {@code MixUp}.
 *
 * @param alpha weights of a batch are drawn from Beta(alpha, alpha); the smaller, the less is mixed
 */
record MixUp(double alpha) implements BatchMix {
  static MixUp of(Parameters parameters) {
    return new MixUp(parameters.value(1, Beta.LEAST, Beta.MOST));
  }

  @Override
  public void mix(Batch batch, SplittableRandom random) {
    float own = (float) Beta.draw(alpha, random);
    float[] pixels = batch.pixels();
    int floats = 3 * batch.size() * batch.size();
    int last = (batch.images() - 1) * floats;
    for (int i = 0; i < floats; i++) {
      float ofLast = pixels[last + i];
      for (int at = last + i; at >= floats; at -= floats) {
        pixels[at] = own * pixels[at] + (1 - own) * pixels[at - floats];
      }
      pixels[i] = own * pixels[i] + (1 - own) * ofLast;
    }
    batch.mixTargets(own);
  }
}
