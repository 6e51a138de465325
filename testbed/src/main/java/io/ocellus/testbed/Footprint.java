package io.ocellus.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What processes hold at a moment, as Linux tells it; elsewhere zeros.
 *
 * @param residentMib memory that is resident, in MiB
 * @param threads of the JVM and of native code
 * @param files that are open, with sockets and pipes
 */
public record Footprint(long residentMib, long threads, long files) {
  private static final Footprint NONE = new Footprint(0, 0, 0);

  /** Of all of them together. */
  public static Footprint sum(Stream<Footprint> footprints) {
    return footprints.reduce(
        NONE,
        (a, b) ->
            new Footprint(a.residentMib + b.residentMib, a.threads + b.threads, a.files + b.files));
  }

  /** Of one process. */
  public static Footprint of(Process process) {
    Path kernel = Path.of("/proc", Long.toString(process.pid()));
    Path status = kernel.resolve("status");
    if (!Files.exists(status)) {
      return NONE;
    }
    try (Stream<Path> open = Files.list(kernel.resolve("fd"))) {
      return new Footprint(
          kernelSays(status, "VmRSS") >> 10, kernelSays(status, "Threads"), open.count());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A line of {@code /proc/PID/status}: memory in KiB, or a count. */
  public static long kernelSays(Path status, String name) {
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
