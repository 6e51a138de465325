package io.ocellus.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the figures were measured on. */
public final class Machine {
  private static final Path CPUS = Path.of("/proc/cpuinfo");

  private Machine() {}

  /** On one line. */
  public static String inWords() {
    String capped = System.getenv("DNNL_MAX_CPU_ISA");
    return "%s, %d processors, %s, Java %s%s"
        .formatted(
            cpu(),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            Runtime.version(),
            capped == null ? "" : ", oneDNN capped at " + capped);
  }

  private static String cpu() {
    String architecture = System.getProperty("os.arch");
    if (!Files.exists(CPUS)) {
      return architecture;
    }
    try {
      return Files.readAllLines(CPUS).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(architecture);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
