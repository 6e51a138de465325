package io.ocellus.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the kernel says of a process's memory. */
public final class Memory {
  private static final int KIB = 1024;

  private Memory() {}

  /** The most memory of this process that was resident, in bytes; Linux tells it, elsewhere 0. */
  public static long peakBytes() {
    return peakBytes(Path.of("/proc/self/status"));
  }

  static long peakBytes(Path status) {
    return Files.exists(status) ? kernelSays(status, "VmHWM") * KIB : 0;
  }

  /** A line of {@code /proc/PID/status}: memory in KiB, or a count. */
  static long kernelSays(Path status, String name) {
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith(name + ":"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
