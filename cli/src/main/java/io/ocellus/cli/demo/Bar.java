package io.ocellus.cli.demo;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar as a line of text, drawn by whoever owns the screen. */
final class Bar implements AutoCloseable {
  private static final int WIDTH = 79;

  private final ProgressBar bar;
  private volatile String text = "";

  Bar(String name, long max) {
    boolean unicode = Charset.defaultCharset().equals(StandardCharsets.UTF_8);
    bar =
        new ProgressBarBuilder()
            .setTaskName(name)
            .setInitialMax(max)
            .setStyle(unicode ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            .hideEta()
            .setConsumer(new DelegatingProgressBarConsumer(rendered -> text = rendered, WIDTH))
            .build();
  }

  void at(long step, long max, String message) {
    bar.maxHint(max);
    bar.stepTo(step);
    bar.setExtraMessage(message);
  }

  String text() {
    bar.refresh();
    return text.stripTrailing();
  }

  @Override
  public void close() {
    bar.close();
  }
}
