package io.ocellus.trainer.augment;

import java.util.function.Function;

/**
 * What the catalogue knows of an augmentation.
 *
 * @param written how it stands in a list, with every parameter at its default
 * @param help what it does, for people
 * @param factory makes it of its parameters
 */
public record AugmentationEntry(
    String written, String help, Function<Parameters, Augmentation> factory) {
  /** The word that a list begins its entry with. */
  public String name() {
    return written.split("[= ]", 2)[0];
  }
}
