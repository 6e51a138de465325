package io.ocellus.trainer.training;

/**
 * How a network does on the held-out images, as a whole and one by one.
 *
 * @param evaluation as a whole
 * @param predictions image by image
 */
public record Judgement(Evaluation evaluation, Predictions predictions) {}
