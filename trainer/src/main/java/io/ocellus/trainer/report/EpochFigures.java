package io.ocellus.trainer.report;

import io.ocellus.trainer.training.EpochResult;

/**
 * One epoch, as {@code report.json} tells it.
 *
 * @param epoch counted from one
 * @param learningRate that it was trained with
 * @param trainLoss mean loss while learning, in nats
 * @param trainAccuracy share of images that were right while learning
 * @param testLoss mean loss on the held-out images afterwards
 * @param testAccuracy share of held-out images that were right
 */
public record EpochFigures(
    int epoch,
    double learningRate,
    double trainLoss,
    double trainAccuracy,
    double testLoss,
    double testAccuracy) {
  static EpochFigures of(EpochResult result) {
    return new EpochFigures(
        result.epoch(),
        result.learningRate(),
        result.train().loss(),
        result.train().accuracy(),
        result.test().loss(),
        result.test().accuracy());
  }
}
