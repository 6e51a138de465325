package io.ocellus.trainer.training;

import java.time.Duration;

/**
 * One pass over the training images, and what it led to.
 *
 * @param epoch counted from one
 * @param learningRate of its first step
 * @param train loss and accuracy while learning, on changed images
 * @param test loss and accuracy on the held-out images afterwards
 * @param best whether no epoch before was as good on the held-out images
 * @param duration of learning and measuring
 */
public record EpochResult(
    int epoch,
    float learningRate,
    Evaluation train,
    Evaluation test,
    boolean best,
    Duration duration) {}
