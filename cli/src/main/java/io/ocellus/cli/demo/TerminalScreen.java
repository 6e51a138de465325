package io.ocellus.cli.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** Redraws the moving part in place with the few control sequences that every terminal knows. */
final class TerminalScreen implements Screen {
  private static final Duration REDRAW = Duration.ofMillis(250);
  private static final int WIDTH = 79;

  private final PrintStream out;
  private final Repeat redraw;
  private Live live = new Nothing();
  private int drawn;

  TerminalScreen(PrintStream out) {
    this.out = out;
    this.redraw = new Repeat("demo-screen", REDRAW, this::redraw);
  }

  @Override
  public synchronized void say(String line) {
    clear();
    out.println(line);
    draw();
  }

  @Override
  public synchronized void follow(Live newLive) {
    live = newLive;
    redraw();
  }

  @Override
  public synchronized void freeze() {
    redraw();
    live = new Nothing();
    drawn = 0;
  }

  @Override
  public void close() {
    redraw.close();
    freeze();
  }

  private synchronized void redraw() {
    clear();
    draw();
  }

  private void clear() {
    if (drawn > 0) {
      out.printf("\u001b[%dA\u001b[J", drawn);
    }
    drawn = 0;
  }

  private void draw() {
    for (String line : live.lines()) {
      out.println(line.length() > WIDTH ? line.substring(0, WIDTH) : line);
      drawn++;
    }
    out.flush();
  }

  private record Nothing() implements Live {
    @Override
    public List<String> lines() {
      return List.of();
    }

    @Override
    public String line() {
      return "";
    }
  }
}
