package io.ocellus.trainer.training;

import io.ocellus.network.StateDict;
import io.ocellus.network.weights.UnfitWeightsException;
import io.ocellus.network.weights.WeightMatch;
import java.util.Optional;

/**
 * Where the weights of a run start.
 *
 * @param kind {@code fresh}, {@code warm} (from an earlier version) or {@code file} (from a file);
 *     the latter two with {@code -fresh-head} where only the backbone is theirs, with {@code
 *     -fresh-classes} where the head's rows of some classes are theirs too
 * @param weights all of them; empty for fresh ones
 * @param account what matched, for people
 */
public record Start(String kind, Optional<StateDict> weights, String account) {
  /** Every weight drawn anew, as the network's papers do. */
  public static final Start FRESH =
      new Start("fresh", Optional.empty(), "Training starts from fresh weights.");

  private static final String FRESH_HEAD = "-fresh-head";
  private static final String FRESH_CLASSES = "-fresh-classes";

  /**
   * From what matches of the weights that are there.
   *
   * @param kind {@code warm} or {@code file}
   * @param source what they are, for people, such as {@code version 3}
   * @param seed of what starts fresh of the head
   * @throws UnfitWeightsException where they do not fit the network
   */
  public static Start from(String kind, String source, WeightMatch match, long seed) {
    String fresh = match.isComplete() ? "" : match.keepsRows() ? FRESH_CLASSES : FRESH_HEAD;
    return new Start(
        kind + fresh,
        Optional.of(match.stateDict(seed)),
        "Training starts from %s: %s.".formatted(source, match));
  }
}
