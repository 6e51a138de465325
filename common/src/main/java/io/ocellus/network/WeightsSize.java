package io.ocellus.network;

import java.util.List;

/**
 * How large the weights in a file are, by its header alone.
 *
 * @param entries tensors
 * @param values numbers of all of them
 * @param largest numbers of the largest one
 */
record WeightsSize(long entries, long values, long largest) {
  /**
   * Of what the JVM may take, the share that reading weights may: services do other work beside.
   */
  private static final double SHARE = 0.75;

  static WeightsSize of(List<SafetensorsEntry> entries) {
    long values = 0;
    long largest = 0;
    for (SafetensorsEntry entry : entries) {
      long size = entry.length() / entry.type().size();
      values += size;
      largest = Math.max(largest, size);
    }
    return new WeightsSize(entries.size(), values, largest);
  }

  /**
   * Does nothing where the heap can hold them as they are read: all as float32, and the bytes of
   * one.
   *
   * @throws IllegalStateException where it is too small
   */
  void checkFits(long heapBytes) {
    long needed = Float.BYTES * (values + largest);
    if (needed > SHARE * heapBytes) {
      throw new IllegalStateException(
          "its weights take %d MiB of heap, and the JVM has %d MiB: give it more, with -Xmx"
              .formatted(needed >> 20, heapBytes >> 20));
    }
  }
}
