package io.ocellus.checkpoint;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Holds a publication back, so that its version comes to a broker no faster, on average, than
 * images still pass beside it. Nobody waits for a version as they wait for an image.
 */
final class PublicationPace {
  static final long BYTES_PER_SECOND = 32L * 1024 * 1024;

  private final double nanosPerByte;
  private final long began = System.nanoTime();
  private long sent;

  /**
   * Begins now.
   *
   * @param bytes that are to be sent
   * @param longest it may take; more is sent faster
   */
  PublicationPace(long bytes, Duration longest) {
    double usual = (double) TimeUnit.SECONDS.toNanos(1) / BYTES_PER_SECOND;
    this.nanosPerByte = Math.min(usual, (double) longest.toNanos() / Math.max(1, bytes));
  }

  /**
   * Waits until more may be sent.
   *
   * @throws InterruptException where the thread is interrupted, as Kafka's producer does
   */
  void sent(int bytes) {
    sent += bytes;
    long due = began + (long) (sent * nanosPerByte);
    try {
      TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
