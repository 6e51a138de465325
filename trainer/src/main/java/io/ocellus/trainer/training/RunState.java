package io.ocellus.trainer.training;

import io.ocellus.network.StateDict;
import java.util.List;
import java.util.Optional;

/**
 * How far a run has come after an epoch: all that its other epochs depend on. Random choices are
 * not among it, since each epoch's follow from the seed and its number alone, nor is the learning
 * rate, which follows from the history.
 *
 * @param batchSize images per step, which memory may have halved
 * @param steps that the optimiser has made
 * @param history every epoch so far
 * @param weights as they are
 * @param memory what the optimiser remembers
 * @param average of the weights so far; empty where none is kept
 * @param best weights of the best epoch
 * @param predictions of the best epoch for the held-out images
 */
record RunState(
    int batchSize,
    long steps,
    List<EpochResult> history,
    StateDict weights,
    StateDict memory,
    Optional<StateDict> average,
    StateDict best,
    Predictions predictions) {}
