package io.ocellus.cli.data;

import io.ocellus.cli.Terminal;
import me.tongfei.progressbar.ProgressBar;

/** Progress bars on stderr. */
public final class Bars {
  private Bars() {}

  /**
   * Counts images.
   *
   * @param total -1 where it is not known
   */
  public static ProgressBar images(String task, long total) {
    return Terminal.bar().setTaskName(task).setInitialMax(total).setUnit(" images", 1).build();
  }

  /** Counts bytes, of which nobody knows yet how many will come. */
  public static ProgressBar bytes(String task) {
    return Terminal.bar().setTaskName(task).setInitialMax(-1).setUnit(" MiB", 1 << 20).build();
  }
}
