package io.ocellus.cli.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;

/** For files, pipes and CI: now and then a line, and only where it says something new. */
final class PlainScreen implements Screen {
  private static final Duration PERIOD = Duration.ofSeconds(5);

  private final PrintStream out;
  private final Repeat repeat;
  private Optional<Live> live = Optional.empty();
  private String last = "";

  PlainScreen(PrintStream out) {
    this.out = out;
    this.repeat = new Repeat("demo-screen", PERIOD, this::print);
  }

  @Override
  public synchronized void say(String line) {
    out.println(line);
    out.flush();
  }

  @Override
  public synchronized void follow(Live newLive) {
    live = Optional.of(newLive);
  }

  @Override
  public synchronized void freeze() {
    print();
    live = Optional.empty();
  }

  @Override
  public void close() {
    repeat.close();
    freeze();
  }

  private synchronized void print() {
    String line = live.map(Live::line).orElse("");
    if (!line.isEmpty() && !line.equals(last)) {
      say(line);
    }
    last = line;
  }
}
