package io.ocellus.benchmarks;

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

  static Footprint of(Path process) {
    Path status = process.resolve("status");
    if (!Files.exists(status)) {
      return NONE;
    }
    try (Stream<Path> open = Files.list(process.resolve("fd"))) {
      return new Footprint(
          Memory.kernelSays(status, "VmRSS") >> 10,
          Memory.kernelSays(status, "Threads"),
          open.count());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
