package io.ocellus.image;

import io.ocellus.failure.FailureReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Decodes and resizes bytes of any kind and insists on an image or a reason, within bounds of CPU
 * time and of memory that is allocated on the way. What breaks them is left in {@code target/fuzz}.
 */
final class Bounded implements AutoCloseable {
  /** Of its budget: what has taken so much is not waited for. */
  private static final int GIVEN_UP = 3;

  /** For what stands still without using the processor. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration GLANCE = Duration.ofMillis(10);

  private final ImageLimits limits;
  private final CostBudget budget;
  private DecodingThread thread;
  private long mostAllocated;
  private Duration mostCpu = Duration.ZERO;

  Bounded() {
    this(CostBudget.SMALL);
  }

  Bounded(ImageLimits limits) {
    this.limits = limits;
    this.budget = CostBudget.of(limits);
    this.thread = new DecodingThread(limits, budget);
  }

  /** What came of an image: neither where it is one. */
  record Verdict(Optional<FailureReason> reason, Optional<Breach> breach) {}

  /** The reason, where it is no image. */
  Optional<FailureReason> decode(byte[] bytes) {
    return decode("", bytes);
  }

  /** The same; the kind of the image is told with what it broke. */
  Optional<FailureReason> decode(String kind, byte[] bytes) {
    Verdict verdict = examine(bytes);
    if (verdict.breach.isPresent()) {
      throw new AssertionError("%s %s (%s)".formatted(kind, verdict.breach.get(), kept(bytes)));
    }
    return verdict.reason;
  }

  /**
   * What took too much is tried once more: this machine may have been busy with other things, or
   * classes were loaded.
   */
  Verdict examine(byte[] bytes) {
    Verdict verdict = once(bytes);
    boolean thrown = verdict.breach.filter(b -> b.type() == Breach.Type.THROWN).isPresent();
    return verdict.breach.isEmpty() || thrown ? verdict : once(bytes);
  }

  /** The most that one image took on its way, in bytes. */
  long mostAllocated() {
    return mostAllocated;
  }

  /** The most that one image took on its way, on one core. */
  Duration mostCpu() {
    return mostCpu;
  }

  private Verdict once(byte[] bytes) {
    try {
      DecodingThread.Run run = thread.start(bytes);
      Verdict verdict = awaited(run);
      run.cost()
          .ifPresent(
              cost -> {
                mostAllocated = Math.max(mostAllocated, cost.bytes());
                mostCpu = mostCpu.compareTo(cost.cpu()) > 0 ? mostCpu : cost.cpu();
              });
      return verdict;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private Verdict awaited(DecodingThread.Run run) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!run.ends(GLANCE)) {
        Optional<Breach> breach = run.breach(GIVEN_UP);
        if (breach.isEmpty() && System.nanoTime() > end) {
          breach = Optional.of(run.stuck("%d min".formatted(PATIENCE.toMinutes())));
        }
        if (breach.isPresent()) {
          return givenUp(breach.get());
        }
      }
      return run.verdict();
    } catch (OutOfMemoryError e) {
      thread.end();
      return givenUp(run.exhausted(e));
    }
  }

  private Verdict givenUp(Breach breach) {
    thread.end();
    thread = new DecodingThread(limits, budget);
    return new Verdict(Optional.empty(), Optional.of(breach));
  }

  static Path kept(byte[] bytes) {
    try {
      Path folder = Files.createDirectories(Path.of("target", "fuzz"));
      return Files.write(Files.createTempFile(folder, "image", ".bin"), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    thread.end();
  }
}
