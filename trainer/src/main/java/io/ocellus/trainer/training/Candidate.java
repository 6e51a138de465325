package io.ocellus.trainer.training;

import io.ocellus.network.Network;
import io.ocellus.network.Normalization;
import io.ocellus.network.StateDict;

/**
 * The best that a run came to.
 *
 * @param network that was trained
 * @param weights of the best epoch
 * @param normalization of its input
 * @param best the epoch that the weights are of
 */
public record Candidate(
    Network network, StateDict weights, Normalization normalization, EpochResult best) {}
