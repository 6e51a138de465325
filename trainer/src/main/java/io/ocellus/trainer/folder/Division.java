package io.ocellus.trainer.folder;

import io.ocellus.trainer.data.Dataset;
import io.ocellus.trainer.data.GroupSplit;
import io.ocellus.trainer.data.ImageEntry;
import io.ocellus.trainer.data.Sample;
import io.ocellus.trainer.data.Side;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What each image is for. Parts of the data set are honoured; where it has no images to choose the
 * epoch by, some of those to learn from are held out by {@link GroupSplit}, as the trainer does. A
 * group never lies in two parts: its images stay in the part that is looked at last and are left
 * out of the others.
 *
 * @param classes labels in alphabetical order: the order of the logits
 * @param train to learn from
 * @param val to choose the epoch by
 * @param test to measure the chosen one on, once; empty where the data set has no such part
 * @param leftOut images whose group lies in a later part too
 * @param rule in words
 */
public record Division(
    List<String> classes,
    List<Sample> train,
    List<Sample> val,
    List<Sample> test,
    List<LeftOut> leftOut,
    String rule) {
  private static final List<Part> LAST_FIRST = List.of(Part.TEST, Part.VAL, Part.TRAIN);

  /**
   * Divides images.
   *
   * @param fraction of groups that are held out where nothing else is there to choose by
   * @throws IllegalArgumentException saying what is missing, where nothing can be learned from them
   */
  public static Division of(List<ImageFile> images, double fraction) {
    List<LeftOut> leftOut = new ArrayList<>();
    Map<Part, List<ImageFile>> parts = parts(images, leftOut);
    String rule = "by the parts of the data set";
    if (parts.get(Part.VAL).isEmpty()) {
      GroupSplit split = new GroupSplit(fraction);
      rule = "val held out of what is no test part: " + split.rule();
      holdOut(parts, split);
    }
    List<String> classes = images.stream().map(ImageFile::label).distinct().sorted().toList();
    Division division =
        new Division(
            classes,
            samples(parts.get(Part.TRAIN), classes),
            samples(parts.get(Part.VAL), classes),
            samples(parts.get(Part.TEST), classes),
            List.copyOf(leftOut),
            rule);
    division.check();
    return division;
  }

  /** To train: held out is what chooses the epoch. */
  public Dataset toTrain() {
    return new Dataset(classes, train, val);
  }

  /** To measure once. */
  public Dataset toTest() {
    return new Dataset(classes, List.of(), test);
  }

  private static Map<Part, List<ImageFile>> parts(List<ImageFile> images, List<LeftOut> leftOut) {
    Map<Part, List<ImageFile>> parts = new EnumMap<>(Part.class);
    Set<String> seen = new HashSet<>();
    for (Part part : LAST_FIRST) {
      Map<Boolean, List<ImageFile>> byStraddling =
          images.stream()
              .filter(image -> image.part().orElse(Part.TRAIN) == part)
              .collect(Collectors.partitioningBy(image -> seen.contains(image.groupOrSelf())));
      byStraddling
          .get(true)
          .forEach(
              image ->
                  leftOut.add(
                      new LeftOut(
                          image,
                          "its group %s lies in a later part".formatted(image.groupOrSelf()))));
      parts.put(part, byStraddling.get(false));
      byStraddling.get(false).forEach(image -> seen.add(image.groupOrSelf()));
    }
    return parts;
  }

  private static void holdOut(Map<Part, List<ImageFile>> parts, GroupSplit split) {
    List<ImageFile> all = parts.get(Part.TRAIN);
    Map<String, ImageEntry> entries = new LinkedHashMap<>();
    all.forEach(
        image ->
            entries.put(
                image.id(), new ImageEntry(image.label(), image.groupOrSelf(), "", "", "", 0)));
    Map<String, Side> sides = split.sides(entries.values(), split.pins(entries.values(), Map.of()));
    Map<Side, List<ImageFile>> bySide =
        all.stream().collect(Collectors.groupingBy(image -> sides.get(image.groupOrSelf())));
    parts.put(Part.TRAIN, bySide.getOrDefault(Side.TRAIN, List.of()));
    parts.put(Part.VAL, bySide.getOrDefault(Side.TEST, List.of()));
  }

  private static List<Sample> samples(List<ImageFile> images, List<String> classes) {
    return images.stream()
        .map(image -> new Sample(image.id(), classes.indexOf(image.label())))
        .toList();
  }

  private void check() {
    if (classes.size() < 2) {
      throw new IllegalArgumentException(
          "All images are of one class, %s; a classifier needs at least two"
              .formatted(String.join("", classes)));
    }
    List<String> unlearned = new ArrayList<>();
    for (int label = 0; label < classes.size(); label++) {
      if (count(train, label) == 0) {
        unlearned.add(classes.get(label));
      }
    }
    if (!unlearned.isEmpty()) {
      throw new IllegalArgumentException(
          "There is nothing to learn from for %s; each class needs images of at least two groups"
              .formatted(String.join(", ", unlearned)));
    }
    if (val.isEmpty()) {
      throw new IllegalArgumentException(
          "No image is left to choose the epoch by; each class needs images of at least two groups");
    }
  }

  private static long count(List<Sample> samples, int label) {
    return samples.stream().filter(sample -> sample.label() == label).count();
  }
}
