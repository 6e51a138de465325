package io.ocellus.cli;

import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Whether somebody looks on, as the {@code run} script finds out before the JVM starts. */
public final class Terminal {
  private static final int UPDATE_MILLIS = 200;

  private Terminal() {}

  /** Whether what is printed to stdout can be redrawn in place. */
  public static boolean present() {
    return isOne("ocellus.terminal");
  }

  /** Whether what is printed to stderr can be. */
  public static boolean onStderr() {
    return isOne("ocellus.terminal.stderr");
  }

  /** Draws the bar on stderr where somebody looks on, and nowhere else. */
  public static ProgressBarBuilder bar() {
    ProgressBarBuilder builder =
        new ProgressBarBuilder()
            .setStyle(ProgressBarStyle.UNICODE_BLOCK)
            .setUpdateIntervalMillis(UPDATE_MILLIS)
            .showSpeed();
    return onStderr()
        ? builder
        : builder.setConsumer(new DelegatingProgressBarConsumer(line -> {}));
  }

  private static boolean isOne(String property) {
    return Boolean.getBoolean(property) && !"dumb".equals(System.getenv("TERM"));
  }
}
