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
  private Line line;

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
      line = new Line(terminal);
      bar =
          new ProgressBarBuilder()
              .setTaskName("Epoch %d/%d".formatted(epoch, epochs))
              .setInitialMax(of)
              .showSpeed()
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(UPDATE_MILLIS)
              .setConsumer(line)
              .build();
    }
    bar.setExtraMessage(" loss %.3f, %.1f%%".formatted(loss, 100 * accuracy));
    bar.stepTo(done);
  }

  private void close() {
    if (bar != null) {
      bar.close();
      line.end();
      bar = null;
    }
  }

  /** A bar that fails while it is drawn for the last time ends its line all the same. */
  private static final class Line extends ConsoleProgressBarConsumer {
    private final PrintStream terminal;
    private boolean ended;

    Line(PrintStream terminal) {
      super(terminal);
      this.terminal = terminal;
    }

    @Override
    public synchronized void close() {
      super.close();
      ended = true;
    }

    synchronized void end() {
      if (!ended) {
        terminal.println();
      }
    }
  }
}
