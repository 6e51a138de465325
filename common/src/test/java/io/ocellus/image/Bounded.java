package io.ocellus.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.ocellus.failure.FailureReason;
import io.ocellus.image.guard.ImageGuard;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Decodes bytes of any kind and insists on an image or a reason, within bounds of time and of
 * memory that is allocated on the way. What breaks them is left in {@code target/fuzz}.
 */
final class Bounded implements AutoCloseable {
  static final long MAX_PIXELS = 1_000_000;

  /** Garbage included: more than such an image takes in any layout, far less than a service has. */
  private static final long MOST_BYTES = 192L * 1024 * 1024;

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final ImageDecoder decoder =
      new ImageDecoder(new ImageLimits(1_000_000, MAX_PIXELS), ImageGuard.inMemory(Runnable::run));
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread daemon = new Thread(work, "decoding");
            daemon.setDaemon(true);
            return daemon;
          });
  private long mostAllocated;

  /** The reason, where it is no image. */
  Optional<FailureReason> decode(byte[] bytes) {
    try {
      return thread.submit(() -> measured(bytes)).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      Throwable cause = e instanceof TimeoutException ? e : e.getCause();
      throw new AssertionError("%s on %s".formatted(cause, kept(bytes)), cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The most that one image took on its way, in bytes. */
  long mostAllocated() {
    return mostAllocated;
  }

  private Optional<FailureReason> measured(byte[] bytes) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    Optional<FailureReason> outcome = outcome(bytes);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    mostAllocated = Math.max(mostAllocated, allocated);
    assertThat(allocated).as("bytes allocated").isLessThan(MOST_BYTES);
    return outcome;
  }

  private Optional<FailureReason> outcome(byte[] bytes) {
    try {
      BufferedImage image = decoder.decode(bytes);
      assertThat(image.getWidth() * (long) image.getHeight()).isBetween(1L, MAX_PIXELS);
      assertThat(Pixels.chw(image, Framing.stretch(8))).hasSize(3 * 8 * 8);
      BufferedImage scaled = decoder.decode(bytes, Framing.stretch(1));
      assertThat(Pixels.chw(scaled, Framing.stretch(1))).hasSize(3);
      return Optional.empty();
    } catch (BadImageException e) {
      assertThat(e).hasMessageMatching("(?s).+");
      return Optional.of(e.reason());
    }
  }

  private static Path kept(byte[] bytes) {
    try {
      Path folder = Files.createDirectories(Path.of("target", "fuzz"));
      return Files.write(Files.createTempFile(folder, "image", ".bin"), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
