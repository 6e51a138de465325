package io.ocellus.trainer.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A batch in the heap.
 *
 * @param pixels NCHW, normalised
 * @param labels class index of each image
 * @param size width and height
 */
@SuppressWarnings("ArrayRecordComponent")
record HostBatch(float[] pixels, int[] labels, int size) {
  int images() {
    return labels.length;
  }

  /** The same images in batches of at most that many. */
  List<HostBatch> parts(int most) {
    if (images() <= most) {
      return List.of(this);
    }
    int floats = 3 * size * size;
    List<HostBatch> parts = new ArrayList<>();
    for (int from = 0; from < images(); from += most) {
      int to = Math.min(from + most, images());
      parts.add(
          new HostBatch(
              Arrays.copyOfRange(pixels, from * floats, to * floats),
              Arrays.copyOfRange(labels, from, to),
              size));
    }
    return parts;
  }
}
