package io.ocellus.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel says of a process's memory. */
public final class Memory {
  private static final int KIB = 1024;

  private Memory() {}

  /** The most memory of this process that was resident, in bytes; Linux tells it, elsewhere 0. */
  public static long peakBytes() {
    return peakBytes(Path.of("/proc/self/status"));
  }

  static long peakBytes(Path status) {
    if (!Files.exists(status)) {
      return 0;
    }
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
