package io.ocellus.cli.data.inspect;

import io.ocellus.image.PixelContent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds images whose sketches differ in a few of their 256 bits. Two sketches that differ in fewer
 * bits than there are bands have a band in common, so that only images with a band in common are
 * compared. A picture with hardly any structure looks like every other such, and is left out.
 */
final class NearCopies {
  private static final int MOST_DIFFERENT = 10;
  private static final int LEAST_STRUCTURE = 32;
  private static final int BANDS = 16;
  private static final int MOST_IN_BAND = 500;

  private final List<FoundImage> images;
  private final int[] leader;

  private NearCopies(List<FoundImage> images) {
    this.images = images;
    this.leader = new int[images.size()];
    for (int i = 0; i < leader.length; i++) {
      leader[i] = i;
    }
  }

  /** Sets of two or more, in the images' order. */
  static List<List<FoundImage>> of(List<FoundImage> all) {
    NearCopies copies = new NearCopies(all.stream().filter(NearCopies::hasStructure).toList());
    for (int band = 0; band < BANDS; band++) {
      copies.join(band);
    }
    return copies.sets();
  }

  private void join(int band) {
    Map<Integer, List<Integer>> buckets = new HashMap<>();
    for (int i = 0; i < images.size(); i++) {
      int key = (int) (sketch(i)[band / 4] >>> (band % 4 * 16)) & 0xffff;
      buckets.computeIfAbsent(key, k -> new ArrayList<>(1)).add(i);
    }
    buckets.values().stream().filter(bucket -> bucket.size() <= MOST_IN_BAND).forEach(this::join);
  }

  private void join(List<Integer> bucket) {
    for (int a = 0; a < bucket.size(); a++) {
      for (int b = a + 1; b < bucket.size(); b++) {
        if (distance(sketch(bucket.get(a)), sketch(bucket.get(b))) <= MOST_DIFFERENT) {
          leader[leader(bucket.get(b))] = leader(bucket.get(a));
        }
      }
    }
  }

  private List<List<FoundImage>> sets() {
    Map<Integer, List<FoundImage>> sets = new TreeMap<>();
    for (int i = 0; i < images.size(); i++) {
      sets.computeIfAbsent(leader(i), l -> new ArrayList<>(1)).add(images.get(i));
    }
    return sets.values().stream().filter(set -> set.size() > 1).toList();
  }

  private int leader(int image) {
    int at = image;
    while (leader[at] != at) {
      leader[at] = leader[leader[at]];
      at = leader[at];
    }
    return at;
  }

  private long[] sketch(int image) {
    return sketch(images.get(image));
  }

  private static long[] sketch(FoundImage image) {
    return image.content().map(PixelContent::sketch).orElseThrow();
  }

  private static boolean hasStructure(FoundImage image) {
    int bits = distance(sketch(image), new long[BANDS / 4]);
    return bits >= LEAST_STRUCTURE && bits <= BANDS * 16 - LEAST_STRUCTURE;
  }

  private static int distance(long[] a, long[] b) {
    int distance = 0;
    for (int i = 0; i < a.length; i++) {
      distance += Long.bitCount(a[i] ^ b[i]);
    }
    return distance;
  }
}
