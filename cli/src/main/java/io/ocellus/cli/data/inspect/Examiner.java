package io.ocellus.cli.data.inspect;

import io.ocellus.failure.FailureReason;
import io.ocellus.file.Sha256;
import io.ocellus.image.BadImageException;
import io.ocellus.image.ImageDecoder;
import io.ocellus.image.ImageLimits;
import io.ocellus.image.PixelContent;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Decodes images on all cores. Whoever hands them in waits, or decodes one, while enough others are
 * under way, so that memory holds a few images at a time and no more.
 */
final class Examiner implements AutoCloseable {
  private static final int HASH_DIGITS = 32;

  private final ImageDecoder decoder;
  private final ThreadPoolExecutor pool;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  Examiner(ImageLimits limits) {
    decoder = new ImageDecoder(limits);
    int threads = Runtime.getRuntime().availableProcessors();
    pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(threads),
            new ThreadPoolExecutor.CallerRunsPolicy());
  }

  /**
   * Looks at an image soon.
   *
   * @param found called on any thread
   */
  void examine(Candidate candidate, Consumer<FoundImage> found) {
    throwFailure();
    pool.execute(
        () -> {
          try {
            found.accept(look(candidate));
          } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
          }
        });
  }

  private FoundImage look(Candidate candidate) {
    byte[] bytes = new byte[0];
    try {
      bytes = candidate.encoded().read();
      PixelContent content = decoder.decode(bytes, PixelContent::of);
      return new FoundImage(
          candidate.id(),
          candidate.label(),
          candidate.group(),
          candidate.part(),
          bytes.length,
          hash(bytes),
          Optional.of(content),
          candidate.flaw());
    } catch (BadImageException e) {
      return candidate.flawed(new Flaw(e.reason(), e.getMessage()), bytes.length);
    } catch (IOException e) {
      return candidate.flawed(new Flaw(FailureReason.REFERENCE_MISSING, e.toString()), 0);
    }
  }

  private static String hash(byte[] bytes) {
    return Sha256.hex(bytes).substring(0, HASH_DIGITS);
  }

  private void throwFailure() {
    Throwable thrown = failure.get();
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown != null) {
      throw new IllegalStateException("An image could not be examined", thrown);
    }
  }

  /** Returns when all images have been looked at. */
  void finish() {
    pool.shutdown();
    try {
      while (!pool.awaitTermination(1, TimeUnit.SECONDS)) {
        throwFailure();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throwFailure();
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
