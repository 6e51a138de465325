package io.ocellus.cli.local;

import io.ocellus.cli.data.Bars;
import io.ocellus.trainer.folder.Division;
import io.ocellus.trainer.folder.LeftOut;
import io.ocellus.trainer.folder.LocalProgress;
import io.ocellus.trainer.training.EpochResult;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;

/** Shows a run: a line per epoch, and under it a bar on stderr where somebody looks on. */
final class TrainScreen implements LocalProgress, AutoCloseable {
  private static final int MOST_LEFT_OUT = 10;

  private final PrintWriter out;
  private final int epochs;
  private ProgressBar bar;
  private int shown;

  TrainScreen(PrintWriter out, int images, int epochs) {
    this.out = out;
    this.epochs = epochs;
    show("Reading", images);
  }

  @Override
  public synchronized void decoded() {
    if (bar != null) {
      bar.step();
    }
  }

  @Override
  public void divided(Division division, List<LeftOut> unreadable) {
    close();
    leftOut("unreadable", unreadable);
    leftOut("of a group that lies in two parts", division.leftOut());
    out.printf(
        "%,d images to learn from, %,d to choose the epoch by, %,d to measure the result on; %d classes.%n",
        division.train().size(),
        division.val().size(),
        division.test().size(),
        division.classes().size());
    out.flush();
  }

  @Override
  public void starts(String account) {
    out.println(account);
    out.flush();
  }

  private void leftOut(String why, List<LeftOut> images) {
    if (images.isEmpty()) {
      return;
    }
    out.printf("Left out, %s: %,d%n", why, images.size());
    images.stream()
        .limit(MOST_LEFT_OUT)
        .forEach(left -> out.printf("  %s: %s%n", left.image().path(), left.reason()));
    if (images.size() > MOST_LEFT_OUT) {
      out.printf("  and %,d more%n", images.size() - MOST_LEFT_OUT);
    }
  }

  @Override
  public synchronized void images(int epoch, int done, int of, double loss, double accuracy) {
    if (shown != epoch) {
      shown = epoch;
      show("Epoch %d/%d".formatted(epoch, epochs), of);
    }
    if (bar != null) {
      bar.setExtraMessage(" loss %.3f, %.1f%%".formatted(loss, 100 * accuracy));
      bar.stepTo(done);
    }
  }

  @Override
  public synchronized void epoch(EpochResult result) {
    close();
    out.printf(
        Locale.ROOT,
        "Epoch %d/%d  train loss %.4f accuracy %.1f%%  val loss %.4f accuracy %.1f%%%s  %.0f s%n",
        result.epoch(),
        epochs,
        result.train().loss(),
        100 * result.train().accuracy(),
        result.test().loss(),
        100 * result.test().accuracy(),
        result.best() ? " (best so far)" : "",
        result.duration().toNanos() / 1e9);
    out.flush();
  }

  @Override
  public synchronized void halved() {
    close();
    out.println("Memory ran out: batches are half as large from now on.");
    out.flush();
  }

  private void show(String task, int of) {
    close();
    bar = Bars.images(task, of);
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
