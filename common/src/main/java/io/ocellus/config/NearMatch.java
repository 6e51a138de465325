package io.ocellus.config;

import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Guesses which known word a misspelt one was meant to be. */
public final class NearMatch {
  private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

  private NearMatch() {}

  /**
   * {@code " Did you mean X?"} with the nearest of the known words, or nothing where none is near.
   */
  public static String hint(String word, Stream<String> known) {
    return known
        .min(Comparator.comparingInt(candidate -> DISTANCE.apply(word, candidate)))
        .filter(candidate -> DISTANCE.apply(word, candidate) <= Math.max(2, word.length() / 3))
        .map(" Did you mean %s?"::formatted)
        .orElse("");
  }
}
