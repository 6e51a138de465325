package io.ocellus.benchmarks;

import io.ocellus.testbed.Footprint;
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
    return Files.exists(status) ? Footprint.kernelSays(status, "VmHWM") * KIB : 0;
  }
}
