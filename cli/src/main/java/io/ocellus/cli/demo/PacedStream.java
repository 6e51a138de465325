package io.ocellus.cli.demo;

import io.ocellus.cli.data.DeviceImage;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;

/**
 * Hands the devices so many images at the demo's pace: a quarter before the new labels come, half
 * while the new version is trained, the rest once it is there.
 */
final class PacedStream implements Iterator<DeviceImage> {
  private static final Duration WAIT = Duration.ofMillis(50);

  private final Iterator<DeviceImage> images;
  private final int count;
  private final Pace pace;
  private final Duration training;
  private final Runnable newLabels;
  private final BooleanSupplier settled;
  private int next;

  /**
   * @param training how long the training of the new version is expected to last
   * @param newLabels called when the first quarter is through
   * @param settled whether the new version is there, or will never be
   */
  PacedStream(
      Iterator<DeviceImage> images,
      int count,
      Pace pace,
      Duration training,
      Runnable newLabels,
      BooleanSupplier settled) {
    this.images = images;
    this.count = count;
    this.pace = pace;
    this.training = training;
    this.newLabels = newLabels;
    this.settled = settled;
  }

  @Override
  public boolean hasNext() {
    return next < count && !Thread.currentThread().isInterrupted();
  }

  @Override
  public DeviceImage next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (next == count / 4) {
      newLabels.run();
    }
    pause(next);
    next++;
    return images.next();
  }

  private void pause(int index) {
    int reserved = count - count / 4;
    try {
      if (index < count / 4 || settled.getAsBoolean()) {
        Thread.sleep(pace.interval().toMillis());
        return;
      }
      long deadline = System.nanoTime() + pace.stretched(reserved - index, training).toNanos();
      while (!settled.getAsBoolean() && (index >= reserved || System.nanoTime() < deadline)) {
        Thread.sleep(Math.min(WAIT.toMillis(), pace.interval().toMillis()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
