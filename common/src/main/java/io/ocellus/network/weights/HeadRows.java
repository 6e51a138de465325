package io.ocellus.network.weights;

import io.ocellus.network.Tensor;
import java.util.List;

/**
 * Which rows of a classification head a network of other classes takes over: those of the classes
 * that both know, by name. A row is what gives a class its logit: the first dimension of the head's
 * weight and of its bias.
 */
final class HeadRows {
  private static final int MOST_NAMES = 10;

  private final List<String> theirs;
  private final List<String> ours;

  /**
   * @param theirs classes of the head that is there, in the order of its logits; empty where nobody
   *     knows
   * @param ours the same of the network; empty where nobody asks
   */
  HeadRows(List<String> theirs, List<String> ours) {
    this.theirs = List.copyOf(theirs);
    this.ours = List.copyOf(ours);
  }

  /** Whether rows stay where they are, by what is known of them. */
  boolean asTheyAre() {
    return theirs.isEmpty() || ours.isEmpty() || theirs.equals(ours);
  }

  /** Whether somebody asks for names and nobody knows them. */
  boolean unnamed() {
    return theirs.isEmpty() && !ours.isEmpty();
  }

  boolean allKnown() {
    return theirs.containsAll(ours);
  }

  boolean noneKnown() {
    return ours.stream().noneMatch(theirs::contains);
  }

  /** A fresh entry of the head, with the rows of known classes laid over it. */
  Tensor over(Tensor fresh, Tensor there) {
    float[] values = fresh.values().clone();
    int row = values.length / ours.size();
    for (int label = 0; label < ours.size(); label++) {
      int from = theirs.indexOf(ours.get(label));
      if (from >= 0) {
        System.arraycopy(there.values(), from * row, values, label * row, row);
      }
    }
    return new Tensor(fresh.shape(), values);
  }

  /** What becomes of the rows, for people. */
  String account() {
    List<String> known = ours.stream().filter(theirs::contains).toList();
    List<String> fresh = ours.stream().filter(label -> !theirs.contains(label)).toList();
    return "keeps its rows of %s%s"
        .formatted(
            names(known),
            fresh.isEmpty() ? "" : "; those of %s start fresh".formatted(names(fresh)));
  }

  /** The network's classes, for people. */
  String wanted() {
    return names(ours);
  }

  private static String names(List<String> names) {
    return names.size() <= MOST_NAMES
        ? String.join(", ", names)
        : "%s and %d more"
            .formatted(String.join(", ", names.subList(0, MOST_NAMES)), names.size() - MOST_NAMES);
  }
}
