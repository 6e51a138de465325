package io.ocellus.trainer.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** What is done where classes have unequally many images to learn from. */
public enum Balance {
  /** Nothing. */
  NONE,
  /** Images of small classes come several times an epoch, each time changed in another way. */
  OVERSAMPLE,
  /** An image counts the more in the loss, the fewer its class has. */
  CLASS_WEIGHTS;

  /**
   * Repeats images of small classes. Which images come once more than others is drawn by the seed.
   *
   * @param share of the largest class's images that each class is to have at least
   * @return all of them, and the copies after
   */
  public static List<Sample> oversampled(
      List<Sample> samples, int classes, double share, long seed) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "training.balance-share must be above 0 and at most 1, not " + share);
    }
    long wanted = (long) Math.ceil(share * Collections.max(counts(samples, classes)));
    List<Sample> all = new ArrayList<>(samples);
    for (int label = 0; label < classes; label++) {
      List<Sample> own = of(samples, label);
      Collections.shuffle(own, new Random(seed));
      for (int i = own.size(); i < wanted && !own.isEmpty(); i++) {
        Sample original = own.get(i % own.size());
        all.add(new Sample(original.id(), label, i / own.size()));
      }
    }
    return List.copyOf(all);
  }

  /**
   * What an image of each class counts so that every class counts the same, and an image on average
   * one: {@code images / (classes * images of the class)}, as scikit-learn's {@code balanced}.
   */
  public static List<Float> weights(List<Sample> samples, int classes) {
    return counts(samples, classes).stream()
        .map(count -> count == 0 ? 0 : (float) samples.size() / classes / count)
        .toList();
  }

  private static List<Integer> counts(List<Sample> samples, int classes) {
    return IntStream.range(0, classes).mapToObj(label -> of(samples, label).size()).toList();
  }

  private static List<Sample> of(List<Sample> samples, int label) {
    List<Sample> own = new ArrayList<>(samples);
    own.removeIf(sample -> sample.label() != label);
    return own;
  }
}
