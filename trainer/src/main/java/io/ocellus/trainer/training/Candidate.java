package io.ocellus.trainer.training;

import io.ocellus.network.Network;
import io.ocellus.network.Normalization;
import io.ocellus.network.StateDict;
import java.util.List;

/**
 * The best that a run came to.
 *
 * @param network that was trained
 * @param weights of the best epoch
 * @param normalization of its input
 * @param best the epoch that the weights are of
 * @param history every epoch of the run, the best among them
 * @param predictions of the best epoch for the held-out images
 */
public record Candidate(
    Network network,
    StateDict weights,
    Normalization normalization,
    EpochResult best,
    List<EpochResult> history,
    Predictions predictions) {
  public Candidate {
    history = List.copyOf(history);
  }

  /** How the best epoch does on the held-out images. */
  public Judgement judgement() {
    return new Judgement(best.test(), predictions);
  }
}
