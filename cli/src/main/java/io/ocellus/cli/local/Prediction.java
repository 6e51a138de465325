package io.ocellus.cli.local;

import java.util.List;

/**
 * What a checkpoint says of an image.
 *
 * @param image its file
 * @param guesses the most probable labels, best first
 */
record Prediction(String image, List<Guess> guesses) {}
