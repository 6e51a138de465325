package io.ocellus.trainer;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows each epoch as a progress bar on a terminal, with images a second, the time left, loss and
 * accuracy so far. An event ends the bar and its line, so whoever writes lines of its own on the
 * same terminal has to hear events after this one.
 */
public final class EpochBars implements TrainingListener {
  private static final int UPDATE_MILLIS = 250;

  private final PrintStream terminal;
  private int epochs;
  private int shown;
  private ProgressBar bar;

  public EpochBars(PrintStream terminal) {
    this.terminal = terminal;
  }

  @Override
  public synchronized void on(TrainingEvent event) {
    if (event instanceof TrainingEvent.Started started) {
      close();
      epochs = started.epochs();
    } else {
      close();
    }
  }

  @Override
  public synchronized void progress(int epoch, int done, int of, double loss, double accuracy) {
    if (bar == null || shown != epoch) {
      close();
      shown = epoch;
      bar =
          new ProgressBarBuilder()
              .setTaskName("Epoch %d/%d".formatted(epoch, epochs))
              .setInitialMax(of)
              .showSpeed()
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(UPDATE_MILLIS)
              .setConsumer(new ConsoleProgressBarConsumer(terminal))
              .build();
    }
    bar.setExtraMessage(" loss %.3f, %.1f%%".formatted(loss, 100 * accuracy));
    bar.stepTo(done);
  }

  private void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
