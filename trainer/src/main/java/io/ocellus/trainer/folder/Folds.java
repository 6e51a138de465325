package io.ocellus.trainer.folder;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * k-fold cross-validation: the groups of each class are dealt to k folds in turn, in an order that
 * depends on their names alone, and each fold is the val part once. A test part stays out of it.
 */
public final class Folds {
  private Folds() {}

  /**
   * The images of each of the k runs.
   *
   * @param k how many folds
   */
  public static List<List<ImageFile>> of(List<ImageFile> images, int k) {
    if (k < 2) {
      throw new IllegalArgumentException("Cross-validation needs two folds or more, not " + k);
    }
    List<ImageFile> used =
        images.stream().filter(image -> image.part().orElse(Part.TRAIN) != Part.TEST).toList();
    Map<String, Integer> folds = deal(used, k);
    List<List<ImageFile>> runs = new ArrayList<>();
    for (int fold = 0; fold < k; fold++) {
      int held = fold;
      runs.add(
          used.stream()
              .map(i -> in(i, folds.get(i.groupOrSelf()) == held ? Part.VAL : Part.TRAIN))
              .toList());
    }
    return runs;
  }

  private static Map<String, Integer> deal(List<ImageFile> images, int k) {
    List<ImageFile> order = new ArrayList<>(images);
    order.sort(
        Comparator.comparing(ImageFile::label)
            .thenComparing(image -> hash(image.groupOrSelf()))
            .thenComparing(ImageFile::groupOrSelf));
    Map<String, Integer> folds = new HashMap<>();
    for (ImageFile image : order) {
      folds.putIfAbsent(image.groupOrSelf(), folds.size() % k);
    }
    if (folds.size() < k) {
      throw new IllegalArgumentException(
          "%d groups cannot be dealt to %d folds".formatted(folds.size(), k));
    }
    return folds;
  }

  private static long hash(String group) {
    CRC32 crc = new CRC32();
    crc.update(group.getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }

  private static ImageFile in(ImageFile image, Part part) {
    return new ImageFile(image.id(), image.path(), image.label(), image.group(), Optional.of(part));
  }
}
