package io.ocellus.trainer;

import io.ocellus.trainer.TrainingEvent.Accepted;
import io.ocellus.trainer.TrainingEvent.Epoch;
import io.ocellus.trainer.TrainingEvent.Evaluated;
import io.ocellus.trainer.TrainingEvent.Failed;
import io.ocellus.trainer.TrainingEvent.Published;
import io.ocellus.trainer.TrainingEvent.Refused;
import io.ocellus.trainer.TrainingEvent.Started;
import io.ocellus.trainer.TrainingEvent.Stopped;
import io.ocellus.trainer.TrainingEvent.Waiting;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes every event as a line of the log. */
final class EventLog implements TrainingListener {
  private static final Logger log = LoggerFactory.getLogger(EventLog.class);

  @Override
  public void on(TrainingEvent event) {
    if (event instanceof Failed || event instanceof Refused || event instanceof Waiting) {
      log.warn("{}", line(event));
    } else {
      log.info("{}", line(event));
    }
  }

  static String line(TrainingEvent event) {
    if (event instanceof Started e) {
      return "Run %s of model %s starts (%s): %s, %d classes, %d images to learn from, %d held out, %d epochs, %s start"
          .formatted(
              e.run(),
              e.model(),
              e.reason(),
              e.network(),
              e.classes().size(),
              e.trainImages(),
              e.testImages(),
              e.epochs(),
              e.start());
    }
    if (event instanceof Epoch e) {
      return String.format(
          Locale.ROOT,
          "Epoch %d/%d: train loss %.4f accuracy %.3f, test loss %.4f accuracy %.3f, learning rate %.2e, %.1f s%s",
          e.epoch(),
          e.epochs(),
          e.trainLoss(),
          e.trainAccuracy(),
          e.testLoss(),
          e.testAccuracy(),
          e.learningRate(),
          e.seconds(),
          e.best() ? ", best so far" : "");
    }
    if (event instanceof Evaluated e) {
      return String.format(Locale.ROOT, "Candidate accuracy %.4f", e.candidate().accuracy())
          + (e.serving() == null
              ? ", nothing serves yet"
              : String.format(
                  Locale.ROOT,
                  ", version %d has %.4f on the same %d images",
                  e.servingVersion(),
                  e.serving().accuracy(),
                  e.candidate().images()));
    }
    if (event instanceof Accepted e) {
      return "Accepted: " + e.message();
    }
    if (event instanceof Refused e) {
      return "Refused, not published: " + e.message();
    }
    if (event instanceof Published e) {
      return "Published version %d of model %s (%d bytes)"
          .formatted(e.version(), e.model(), e.bytes());
    }
    if (event instanceof Failed e) {
      return "Run %s failed: %s".formatted(e.run(), e.message());
    }
    if (event instanceof Stopped e) {
      return "Run %s is given up: %s".formatted(e.run(), e.message());
    }
    return "Waiting: " + ((Waiting) event).message();
  }
}
