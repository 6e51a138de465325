package io.ocellus.trainer.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What one run learns from and is measured on.
 *
 * @param classes labels in alphabetical order: the order of the logits
 * @param train images to learn from
 * @param test held-out images
 */
public record Dataset(List<String> classes, List<Sample> train, List<Sample> test) {

  /** Divides the usable images of a snapshot. */
  public static Dataset of(Map<String, ImageEntry> entries, Map<String, Side> sides) {
    List<String> classes =
        List.copyOf(
            entries.values().stream()
                .filter(ImageEntry::usable)
                .map(ImageEntry::label)
                .collect(Collectors.toCollection(TreeSet::new)));
    List<Sample> train = new ArrayList<>();
    List<Sample> test = new ArrayList<>();
    entries.forEach(
        (id, entry) -> {
          if (entry.usable()) {
            List<Sample> side = sides.get(entry.group()) == Side.TEST ? test : train;
            side.add(new Sample(id, classes.indexOf(entry.label())));
          }
        });
    return new Dataset(classes, List.copyOf(train), List.copyOf(test));
  }

  /** Why nothing can be learned from it yet, for people; empty where it can. */
  public Optional<String> whyNotEnough(Collection<ImageEntry> entries) {
    String refused = refused(entries);
    if (train.isEmpty() && test.isEmpty()) {
      return Optional.of("No labelled images yet" + refused + ".");
    }
    if (classes.size() < 2) {
      return Optional.of(
          "All %d images are of one class, %s; a classifier needs at least two%s."
              .formatted(train.size() + test.size(), classes.get(0), refused));
    }
    List<String> missing = new ArrayList<>();
    for (int label = 0; label < classes.size(); label++) {
      int learned = count(train, label);
      int heldOut = count(test, label);
      if (learned == 0 || heldOut == 0) {
        missing.add(
            "%s has %d to learn from and %d held out"
                .formatted(classes.get(label), learned, heldOut));
      }
    }
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Every class needs images on both sides of the split, of at least two groups: %s%s."
                .formatted(String.join("; ", missing), refused));
  }

  private static String refused(Collection<ImageEntry> entries) {
    Map<String, Integer> counts = new HashMap<>();
    entries.stream()
        .filter(entry -> !entry.usable())
        .forEach(entry -> counts.merge(entry.failure(), 1, Integer::sum));
    return counts.isEmpty()
        ? ""
        : counts.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(e -> e.getValue() + " " + e.getKey())
            .collect(Collectors.joining(", ", " (kept out: ", ")"));
  }

  private static int count(List<Sample> samples, int label) {
    return (int) samples.stream().filter(sample -> sample.label() == label).count();
  }
}
