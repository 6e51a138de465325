package io.ocellus.cli.data.inspect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** What somebody should look after before training, each in a sentence. */
final class Hints {
  private static final int IMBALANCE = 3;
  private static final int FEW = 20;

  private final Inspection data;
  private final List<String> hints = new ArrayList<>();

  private Hints(Inspection data) {
    this.data = data;
  }

  static List<String> of(Inspection data) {
    Hints hints = new Hints(data);
    hints.unreadable();
    hints.nearBlack();
    hints.balance();
    hints.parts();
    hints.duplicates();
    hints.groups();
    return List.copyOf(hints.hints);
  }

  private void unreadable() {
    if (!data.unreadable().isEmpty()) {
      hints.add(
          "%s cannot be used; 'ocellus data clean' takes unreadable files out."
              .formatted(Words.count(data.unreadable().size(), "image", "images")));
    }
  }

  private void nearBlack() {
    if (!data.nearBlack().isEmpty()) {
      hints.add(
          ("%s 16 or 32 bits a sample, of which the upper 4 or more are always 0, such as %s. The network"
                  + " sees the upper 8 bits, so these images are nearly black: scale their values up.")
              .formatted(
                  Words.count(data.nearBlack().size(), "image has", "images have"),
                  data.nearBlack().get(0)));
    }
  }

  private void balance() {
    Comparator<ClassCount> order = Comparator.comparingInt(ClassCount::images);
    ClassCount least = data.classes().stream().min(order).orElse(null);
    ClassCount most = data.classes().stream().max(order).orElse(null);
    if (least == null || most == null) {
      return;
    }
    if (data.classes().size() == 1) {
      hints.add("There is only one class, %s; a classifier needs two.".formatted(most.label()));
    }
    if (most.images() >= IMBALANCE * least.images()) {
      hints.add(
          ("Classes are out of balance: %s has %.1f times as many images as %s. Judge by recall of"
                  + " each class, and set training.balance to oversample or class-weights.")
              .formatted(most.label(), (double) most.images() / least.images(), least.label()));
    }
    long few = data.classes().stream().filter(count -> count.images() < FEW).count();
    if (few > 0) {
      hints.add(
          "%s fewer than %d images: too few to learn from or to measure on."
              .formatted(Words.count(few, "class has", "classes have"), FEW));
    }
  }

  private void parts() {
    for (String part : data.parts()) {
      List<String> missing =
          data.classes().stream()
              .filter(count -> !count.parts().containsKey(part))
              .map(ClassCount::label)
              .toList();
      if (!missing.isEmpty()) {
        hints.add("There is no image in %s of: %s.".formatted(part, String.join(", ", missing)));
      }
    }
  }

  private void duplicates() {
    duplicates(
        set -> set.kind() != Duplicates.Kind.NEAR_COPY, "copies", "at most one can be right");
    duplicates(
        set -> set.kind() == Duplicates.Kind.NEAR_COPY,
        "near-copies",
        "look whether they show the same");
  }

  private void duplicates(Predicate<Duplicates> kind, String copies, String advice) {
    List<Duplicates> sets = data.duplicates().stream().filter(kind).toList();
    hint(
        sets.stream().filter(set -> set.parts().size() > 1).count(),
        copies,
        "lie in several parts: accuracy is measured on images that were learned from.");
    hint(
        sets.stream().filter(set -> set.labels().size() > 1).count(),
        copies,
        "have several labels: %s.".formatted(advice));
    hint(
        sets.stream().filter(set -> set.groups().size() > 1).count(),
        copies,
        "belong to several groups: a split by group can still divide them.");
  }

  private void hint(long sets, String copies, String problem) {
    if (sets > 0) {
      hints.add("In %s, %s %s".formatted(Words.count(sets, "set", "sets"), copies, problem));
    }
  }

  private void groups() {
    int straddling = data.groups().straddling().size();
    if (straddling > 0) {
      hints.add(
          "%s divided between parts: accuracy will look better than it is."
              .formatted(Words.count(straddling, "group is", "groups are")));
    }
  }
}
