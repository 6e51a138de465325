package io.ocellus.inferencer;

import java.util.function.Supplier;
import org.apache.kafka.common.utils.Time;

/**
 * Kafka Streams' time, which nobody can set: that of day when it began, and what has passed since.
 * By the time of day, punctuators and commits wait for as long as the machine's clock is put back.
 */
final class SteadyTime implements Time {
  private final long beganMillis = System.currentTimeMillis();
  private final long beganNanos = System.nanoTime();

  @Override
  public long milliseconds() {
    return beganMillis + (nanoseconds() - beganNanos) / 1_000_000;
  }

  @Override
  public long nanoseconds() {
    return System.nanoTime();
  }

  @Override
  public void sleep(long millis) {
    SYSTEM.sleep(millis);
  }

  @Override
  public void waitObject(Object monitor, Supplier<Boolean> condition, long deadlineMillis)
      throws InterruptedException {
    long left = deadlineMillis - milliseconds();
    SYSTEM.waitObject(monitor, condition, SYSTEM.milliseconds() + left);
  }
}
