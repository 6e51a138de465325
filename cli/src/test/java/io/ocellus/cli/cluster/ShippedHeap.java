package io.ocellus.cli.cluster;

import io.ocellus.config.ConfigurationLoader;
import io.ocellus.inferencer.InferencerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The heap of a service in a container, as the script of the images takes it from its memory. */
final class ShippedHeap {
  private static final Pattern SHARE = Pattern.compile("-XX:MaxRAMPercentage=(\\d+)");

  private ShippedHeap() {}

  /** Throws where the default limits on images need more. */
  static void requireSuffices(long memory) {
    new ConfigurationLoader<>(InferencerConfig.class)
        .load(Map.of())
        .image()
        .limits()
        .requireHeap(memory * percentage() / 100);
  }

  private static long percentage() {
    try {
      Matcher share = SHARE.matcher(Files.readString(Path.of("src", "main", "sh", "run")));
      if (!share.find()) {
        throw new AssertionError("The script sets no share of the heap");
      }
      return Long.parseLong(share.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
