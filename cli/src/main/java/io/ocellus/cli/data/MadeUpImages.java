package io.ocellus.cli.data;

import io.ocellus.testbed.SyntheticImages;
import picocli.CommandLine.Option;

/** Which made-up images. */
final class MadeUpImages {
  @Option(
      names = "--size",
      defaultValue = "32",
      paramLabel = "PIXELS",
      description = "Width and height of made-up images; ${DEFAULT-VALUE} unless said.")
  private int size;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Another seed makes up other images; ${DEFAULT-VALUE} unless said.")
  private long seed;

  SyntheticImages images() {
    return new SyntheticImages(size, seed);
  }

  long seed() {
    return seed;
  }
}
