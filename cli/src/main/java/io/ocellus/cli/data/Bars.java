package io.ocellus.cli.data;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress bars on stderr. */
public final class Bars {
  private Bars() {}

  /**
   * Counts images.
   *
   * @param total -1 where it is not known
   */
  public static ProgressBar images(String task, long total) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(total)
        .setUnit(" images", 1)
        .setStyle(ProgressBarStyle.UNICODE_BLOCK)
        .showSpeed()
        .setUpdateIntervalMillis(200)
        .build();
  }

  /** Counts bytes, of which nobody knows yet how many will come. */
  public static ProgressBar bytes(String task) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(-1)
        .setUnit(" MiB", 1 << 20)
        .setStyle(ProgressBarStyle.UNICODE_BLOCK)
        .showSpeed()
        .setUpdateIntervalMillis(200)
        .build();
  }
}
