package io.ocellus.trainer;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs how long an epoch and its run will take, where that is long: soon after the epoch has begun,
 * then every minute.
 */
final class EpochEstimate implements TrainingListener {
  private static final Logger LOG = LoggerFactory.getLogger(EpochEstimate.class);
  private static final double FIRST_SECONDS = 3;
  private static final double EVERY_SECONDS = 60;

  /** An epoch that is over sooner speaks for itself. */
  private static final double SHORT_SECONDS = 20;

  private static final double NANOS = 1e9;

  private final LongSupplier clock;
  private final Consumer<String> log;
  private int epochs;
  private long begun;
  private double next;

  EpochEstimate() {
    this(System::nanoTime, LOG::info);
  }

  /**
   * @param clock nanoseconds since any moment
   */
  EpochEstimate(LongSupplier clock, Consumer<String> log) {
    this.clock = clock;
    this.log = log;
  }

  @Override
  public void on(TrainingEvent event) {
    if (event instanceof TrainingEvent.Started started) {
      epochs = started.epochs();
      begin();
    } else if (event instanceof TrainingEvent.Epoch) {
      begin();
    }
  }

  private void begin() {
    begun = clock.getAsLong();
    next = FIRST_SECONDS;
  }

  @Override
  public void progress(int epoch, int done, int of, double loss, double accuracy) {
    double seconds = (clock.getAsLong() - begun) / NANOS;
    double whole = done == 0 ? 0 : seconds / done * of;
    if (seconds >= next && whole - seconds > SHORT_SECONDS) {
      next = seconds + EVERY_SECONDS;
      log.accept(
          String.format(
              Locale.ROOT,
              "Epoch %d/%d: %d of %d images, loss %.4f, accuracy %.3f; an epoch takes about %s, the run about %s more",
              epoch,
              epochs,
              done,
              of,
              loss,
              accuracy,
              said(whole),
              said(whole - seconds + (epochs - epoch) * whole)));
    }
  }

  private static String said(double seconds) {
    Duration duration = Duration.ofSeconds(Math.round(seconds));
    return duration.toMinutes() < 2
        ? duration.toSeconds() + " s"
        : duration.toHours() < 2
            ? duration.toMinutes() + " min"
            : "%d h %d min".formatted(duration.toHours(), duration.toMinutesPart());
  }
}
