package io.ocellus.trainer;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells several; one that throws does not keep the others from hearing. */
record Listeners(List<TrainingListener> all) implements TrainingListener {
  private static final Logger log = LoggerFactory.getLogger(Listeners.class);

  @Override
  public void on(TrainingEvent event) {
    all.forEach(listener -> guarded(() -> listener.on(event)));
  }

  @Override
  public void progress(int epoch, int done, int of, double loss, double accuracy) {
    all.forEach(listener -> guarded(() -> listener.progress(epoch, done, of, loss, accuracy)));
  }

  private static void guarded(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      log.warn("A listener of training events failed", e);
    }
  }
}
