package io.ocellus.cli.local;

import io.ocellus.network.Probability;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One of the labels that an image may have.
 *
 * @param label name of the class
 * @param probability of it
 */
record Guess(String label, float probability) {
  /** The most probable ones, best first. */
  static List<Guess> best(List<String> classes, float[] logits, double temperature, int most) {
    float[] probabilities = Probability.of(logits, temperature);
    return IntStream.range(0, classes.size())
        .mapToObj(label -> new Guess(classes.get(label), probabilities[label]))
        .sorted(Comparator.comparingDouble(Guess::probability).reversed())
        .limit(most)
        .toList();
  }
}
