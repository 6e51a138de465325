package io.ocellus.cli.demo;

import java.io.IOException;

/** The demo from the broker's start to the summary, and what stays after it. */
final class Demo implements AutoCloseable {
  private final Screen screen;
  private final DemoSettings settings;
  private final DemoData data;
  private final Ledger ledger = new Ledger();
  private final ResultTable table = new ResultTable();
  private final TrainingWatch training;
  private final VersionWatch versions;
  private final Stage stage;
  private final ResultReader reader;

  /** Starts the broker; everything else waits for {@link #play}. */
  Demo(DemoSettings settings, DemoData data, Screen screen) throws IOException {
    this.settings = settings;
    this.data = data;
    this.screen = screen;
    this.training = new TrainingWatch(screen::say);
    this.versions = new VersionWatch(screen::say);
    this.stage = new Stage(settings, training, versions);
    this.reader = new ResultReader(stage.kafka(), stage.topics(), this::settle);
  }

  private void settle(Outcome outcome) {
    ledger
        .settled(outcome)
        .ifPresentOrElse(table::add, () -> screen.say("Somebody's image: " + outcome));
  }

  /** Plays, and says the summary. */
  DemoReport play() throws InterruptedException {
    try (DemoView view = new DemoView(training, ledger, table, settings.images())) {
      screen.follow(view);
      DemoReport report =
          new Story(settings, data, stage, screen, training, versions, ledger).play();
      screen.freeze();
      Summary.of(report).forEach(screen::say);
      return report;
    }
  }

  /** Whether each image that was sent has exactly one outcome. */
  boolean balanced() {
    return ledger.balanced();
  }

  /** Says where what goes on running can be reached. */
  void stay() {
    StayingHints.of(stage).forEach(screen::say);
  }

  @Override
  public void close() {
    reader.close();
    stage.close();
  }
}
