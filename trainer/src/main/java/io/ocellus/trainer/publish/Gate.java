package io.ocellus.trainer.publish;

import io.ocellus.trainer.training.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps a candidate from the topic that is worse than what serves, on the same held-out images.
 *
 * @param margin how much lower its accuracy may be, overall
 * @param classMargin how much lower it may be for any one class
 */
public record Gate(double margin, double classMargin) {
  private static final double ROUNDING = 1e-9;

  public Gate {
    if (!(margin >= 0 && margin <= 1) || !(classMargin >= 0 && classMargin <= 1)) {
      throw new IllegalArgumentException(
          "gate.margin and gate.class-margin must be 0 to 1, not %s and %s"
              .formatted(margin, classMargin));
    }
  }

  /**
   * What the gate says.
   *
   * @param accepted whether the candidate may be published
   * @param message why, for people
   */
  public record Decision(boolean accepted, String message) {}

  /** Compares; without a serving version everything is let through. */
  public Decision decide(Evaluation candidate, Optional<Evaluation> serving) {
    if (serving.isEmpty()) {
      return new Decision(
          true, "accuracy %s; nothing serves yet".formatted(percent(candidate.accuracy())));
    }
    List<String> worse = new ArrayList<>();
    compare("accuracy", candidate.accuracy(), serving.get().accuracy(), margin, worse);
    for (Map.Entry<String, Double> known : serving.get().classAccuracy().entrySet()) {
      double now = candidate.classAccuracy().getOrDefault(known.getKey(), 0.0);
      compare("accuracy of " + known.getKey(), now, known.getValue(), classMargin, worse);
    }
    return worse.isEmpty()
        ? new Decision(
            true,
            "accuracy %s, the serving version's is %s"
                .formatted(percent(candidate.accuracy()), percent(serving.get().accuracy())))
        : new Decision(false, String.join("; ", worse));
  }

  private static void compare(
      String what, double now, double before, double allowed, List<String> worse) {
    if (before - now > allowed + ROUNDING) {
      worse.add(
          "%s %s is more than %s below the serving version's %s"
              .formatted(what, percent(now), points(allowed), percent(before)));
    }
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }

  private static String points(double share) {
    return String.format(Locale.ROOT, "%.1f points", 100 * share);
  }
}
