package io.ocellus.trainer.measure;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A 95% interval of accuracy where images come in groups of near-copies, such as photographs of one
 * patient: whole groups are drawn anew, with replacement, and the middle 95% of the accuracies
 * taken (the cluster bootstrap with percentiles; Davison and Hinkley, Bootstrap Methods and their
 * Application, 1997, sections 3.8 and 5.3.1).
 */
public final class GroupBootstrap {
  private static final int DRAWS = 10_000;
  private static final long SEED = 42;

  private GroupBootstrap() {}

  /**
   * The interval; the same for the same images.
   *
   * @param groups of the images
   * @param right whether each image was told rightly, in the same order
   */
  public static Interval of(List<String> groups, List<Boolean> right) {
    Collection<int[]> counts = counts(groups, right);
    int[][] drawn = counts.toArray(new int[0][]);
    SplittableRandom random = new SplittableRandom(SEED);
    double[] accuracies = new double[DRAWS];
    for (int draw = 0; draw < DRAWS; draw++) {
      long rightOnes = 0;
      long all = 0;
      for (int i = 0; i < drawn.length; i++) {
        int[] group = drawn[random.nextInt(drawn.length)];
        rightOnes += group[0];
        all += group[1];
      }
      accuracies[draw] = (double) rightOnes / all;
    }
    Arrays.sort(accuracies);
    return new Interval(accuracies[(int) (0.025 * DRAWS)], accuracies[(int) (0.975 * DRAWS) - 1]);
  }

  /** Right ones and all of each group. */
  private static Collection<int[]> counts(List<String> groups, List<Boolean> right) {
    Map<String, int[]> counts = new LinkedHashMap<>();
    for (int i = 0; i < groups.size(); i++) {
      int[] count = counts.computeIfAbsent(groups.get(i), group -> new int[2]);
      count[0] += right.get(i) ? 1 : 0;
      count[1]++;
    }
    return counts.values();
  }
}
