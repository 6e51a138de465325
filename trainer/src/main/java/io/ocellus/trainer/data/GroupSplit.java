package io.ocellus.trainer.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ocellus.file.Sha256;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;

/**
 * Which groups of images are held out. A group's side is a function of its name alone, so that it
 * stays where it is however much data comes, and whoever computes it. That holds out the wanted
 * share of every class in expectation; a class that would end up with nothing on one side has one
 * of its groups pinned there, once and for all.
 */
public final class GroupSplit {
  private final double testFraction;

  public GroupSplit(double testFraction) {
    if (!(testFraction > 0 && testFraction < 1)) {
      throw new IllegalArgumentException(
          "split.test-fraction must lie between 0 and 1, not " + testFraction);
    }
    this.testFraction = testFraction;
  }

  /** The rule in words: enough to compute the split elsewhere. */
  public String rule() {
    return ("test where the first 53 bits of SHA-256(group, or image id where there is none), as a"
            + " fraction of 2^53, are below %s; ocellus_split overrides for the whole group; a"
            + " class of two or more groups without any on one side has its group of lowest"
            + " (test) or highest (train) fraction pinned there")
        .formatted(testFraction);
  }

  /** Where the hash puts a group. */
  Side byHash(String group) {
    return fraction(group) < testFraction ? Side.TEST : Side.TRAIN;
  }

  /** The groups to pin so that every class of two groups or more has one on each side. */
  public Map<String, Side> pins(Collection<ImageEntry> entries, Map<String, Side> pinned) {
    Map<String, Side> overrides = overrides(entries);
    Map<String, Set<String>> groupsOf = new TreeMap<>();
    for (ImageEntry entry : entries) {
      if (entry.usable()) {
        groupsOf.computeIfAbsent(entry.label(), label -> new TreeSet<>()).add(entry.group());
      }
    }
    Map<String, Side> all = new HashMap<>(pinned);
    Map<String, Side> added = new HashMap<>();
    groupsOf.values().stream()
        .filter(groups -> groups.size() > 1)
        .forEach(
            groups -> {
              for (Side side : Side.values()) {
                missing(groups, side, overrides, all)
                    .ifPresent(
                        group -> {
                          all.put(group, side);
                          added.put(group, side);
                        });
              }
            });
    return added;
  }

  private Optional<String> missing(
      Set<String> groups, Side side, Map<String, Side> overrides, Map<String, Side> pinned) {
    if (groups.stream().anyMatch(g -> side(g, overrides, pinned) == side)) {
      return Optional.empty();
    }
    Comparator<String> order = Comparator.comparingDouble(GroupSplit::fraction);
    BinaryOperator<String> choice =
        side == Side.TEST ? BinaryOperator.minBy(order) : BinaryOperator.maxBy(order);
    return groups.stream()
        .filter(g -> !overrides.containsKey(g) && !pinned.containsKey(g))
        .reduce(choice);
  }

  /** The side of every group, with what senders demand and what was pinned. */
  public Map<String, Side> sides(Collection<ImageEntry> entries, Map<String, Side> pinned) {
    Map<String, Side> overrides = overrides(entries);
    Map<String, Side> sides = new HashMap<>();
    for (ImageEntry entry : entries) {
      sides.computeIfAbsent(entry.group(), group -> side(group, overrides, pinned));
    }
    return sides;
  }

  private Side side(String group, Map<String, Side> overrides, Map<String, Side> pinned) {
    Side demanded = overrides.get(group);
    return demanded != null
        ? demanded
        : Optional.ofNullable(pinned.get(group)).orElseGet(() -> byHash(group));
  }

  /** One demand moves the whole group; where demands differ, it is held out. */
  private static Map<String, Side> overrides(Collection<ImageEntry> entries) {
    Map<String, Side> overrides = new HashMap<>();
    for (ImageEntry entry : entries) {
      if (!entry.split().isEmpty()) {
        overrides.merge(
            entry.group(), Side.valueOf(entry.split()), (a, b) -> a == b ? a : Side.TEST);
      }
    }
    return overrides;
  }

  static double fraction(String group) {
    byte[] hash = Sha256.digest().digest(group.getBytes(UTF_8));
    return (ByteBuffer.wrap(hash).getLong() >>> 11) * 0x1p-53;
  }
}
