package io.ocellus.image;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Resamples along the columns, row by row: a row of the source is added to each output row that it
 * counts for, and kept no longer. However high an image is, there is memory for the few output rows
 * that have begun and have not ended.
 */
final class VerticalPass {
  private final Resampling resampling;
  private final int width;
  private final Deque<int[]> begun = new ArrayDeque<>();
  private int first;

  /**
   * @param width levels in a row
   */
  VerticalPass(Resampling resampling, int width) {
    this.resampling = resampling;
    this.width = width;
  }

  /**
   * Adds a row of the source; they come in order.
   *
   * @return the output rows that are complete with it, in order, until the next row is added
   */
  List<byte[]> add(int y, byte[] row) {
    int output = first;
    for (int[] sums : begun) {
      add(row, y, output++, sums);
    }
    List<byte[]> complete = new ArrayList<>();
    for (; output < resampling.shown() && resampling.first(output) <= y; output++) {
      if (begun.isEmpty() && resampling.copies(output)) {
        complete.add(row);
        first++;
      } else {
        begun.add(begin(row, y, output));
      }
    }
    while (!begun.isEmpty() && last(first) <= y) {
      complete.add(levels(begun.remove()));
      first++;
    }
    return complete;
  }

  private int[] begin(byte[] row, int y, int output) {
    int[] sums = new int[width];
    Arrays.fill(sums, Resampling.zero());
    add(row, y, output, sums);
    return sums;
  }

  private int last(int output) {
    return resampling.first(output) + resampling.weights(output).length - 1;
  }

  private void add(byte[] row, int y, int output, int[] sums) {
    int[] weights = resampling.weights(output);
    int index = y - resampling.first(output);
    if (index >= weights.length) {
      return;
    }
    int weight = weights[index];
    for (int i = 0; i < width; i++) {
      sums[i] += (row[i] & 0xff) * weight;
    }
  }

  private static byte[] levels(int[] sums) {
    byte[] levels = new byte[sums.length];
    for (int i = 0; i < sums.length; i++) {
      levels[i] = (byte) Resampling.level(sums[i]);
    }
    return levels;
  }
}
