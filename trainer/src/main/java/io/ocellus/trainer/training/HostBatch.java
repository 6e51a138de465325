package io.ocellus.trainer.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A batch in the heap.
 *
 * @param ids of the images
 * @param pixels NCHW, normalised
 * @param targets shape (N, classes): the share of each class in each image, rows that sum to one;
 *     one-hot unless images were mixed
 * @param classes how many there are
 * @param size width and height
 */
@SuppressWarnings("ArrayRecordComponent")
record HostBatch(List<String> ids, float[] pixels, float[] targets, int classes, int size) {
  /** Of images that are of one class each. */
  static HostBatch of(List<String> ids, float[] pixels, int[] labels, int classes, int size) {
    float[] targets = new float[labels.length * classes];
    for (int i = 0; i < labels.length; i++) {
      targets[i * classes + labels[i]] = 1;
    }
    return new HostBatch(ids, pixels, targets, classes, size);
  }

  int images() {
    return targets.length / classes;
  }

  /** The class that each image is of, for the most part. */
  int[] labels() {
    int[] labels = new int[images()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = Rows.highest(targets, i, classes);
    }
    return labels;
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
              ids.subList(from, to),
              Arrays.copyOfRange(pixels, from * floats, to * floats),
              Arrays.copyOfRange(targets, from * classes, to * classes),
              classes,
              size));
    }
    return parts;
  }
}
