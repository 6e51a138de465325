package io.ocellus.cli.demo;

import io.ocellus.trainer.TrainingEvent;
import io.ocellus.trainer.TrainingListener;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Follows the trainer's runs: how far the present one is, and how each ended. */
final class TrainingWatch implements TrainingListener {
  private final Consumer<String> say;
  private final List<End> ends = new CopyOnWriteArrayList<>();
  private Optional<TrainingEvent.Started> run = Optional.empty();
  private Optional<TrainingEvent.Epoch> epoch = Optional.empty();
  private Optional<TrainingEvent.Waiting> waiting = Optional.empty();
  private double done;

  /**
   * How a run ended.
   *
   * @param version that was published; 0 where none was
   * @param message for people
   * @param took from its start
   */
  record End(int version, String message, Duration took) {}

  TrainingWatch(Consumer<String> say) {
    this.say = say;
  }

  @Override
  public synchronized void on(TrainingEvent event) {
    waiting = Optional.empty();
    if (event instanceof TrainingEvent.Started started) {
      run = Optional.of(started);
      epoch = Optional.empty();
      done = 0;
      say.accept(
          "Training %s (%s): %d images, %d held out, %d epochs"
              .formatted(
                  started.network(),
                  started.reason(),
                  started.trainImages(),
                  started.testImages(),
                  started.epochs()));
    } else if (event instanceof TrainingEvent.Epoch latest) {
      epoch = Optional.of(latest);
      done = latest.epoch();
    } else if (event instanceof TrainingEvent.Accepted accepted) {
      say.accept("Accepted: " + accepted.message());
    } else if (event instanceof TrainingEvent.Published published) {
      end(published.version(), "Published version " + published.version(), published.time());
    } else if (event instanceof TrainingEvent.Refused refused) {
      end(0, "Refused, so not published: " + refused.message(), refused.time());
    } else if (event instanceof TrainingEvent.Failed failed) {
      end(0, "Training failed: " + failed.message(), failed.time());
    } else if (event instanceof TrainingEvent.Waiting wait) {
      waiting = Optional.of(wait);
    }
  }

  @Override
  public synchronized void progress(int number, int images, int of, double loss, double accuracy) {
    done = number - 1 + (double) images / of;
  }

  private void end(int version, String message, Instant time) {
    Duration took =
        run.map(started -> Duration.between(started.time(), time)).orElse(Duration.ZERO);
    run = Optional.empty();
    say.accept(message + format(" (%.0f s)", took.toMillis() / 1000.0));
    ends.add(new End(version, message, took));
  }

  /** How the n-th run ended, counted from 1; nothing while it has not. */
  Optional<End> ended(int run) {
    return ends.size() < run ? Optional.empty() : Optional.of(ends.get(run - 1));
  }

  /** Why no run starts, and since when. */
  synchronized Optional<TrainingEvent.Waiting> waiting() {
    return waiting;
  }

  /** Whether a run goes on. */
  synchronized boolean running() {
    return run.isPresent();
  }

  /** Epochs done, in hundredths. */
  synchronized long hundredths() {
    return Math.round(100 * done);
  }

  /** Epochs there will be, in hundredths. */
  synchronized long allHundredths() {
    return run.map(started -> 100L * started.epochs()).orElse(1L);
  }

  /** How far the run is, in words. */
  synchronized String state() {
    return run.map(
            started ->
                "epoch %d of %d%s"
                    .formatted(
                        Math.min((int) done + 1, started.epochs()), started.epochs(), accuracy()))
        .orElseGet(() -> waiting.map(TrainingEvent.Waiting::message).orElse(""));
  }

  private String accuracy() {
    return epoch.map(e -> format(", held-out %.1f%%", 100 * e.testAccuracy())).orElse("");
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
