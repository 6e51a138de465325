package io.ocellus.cli.demo;

import java.util.ArrayList;
import java.util.List;

/** What moves on the demo's screen: two bars and the table of the newest results. */
final class DemoView implements Screen.Live, AutoCloseable {
  private final TrainingWatch training;
  private final Ledger ledger;
  private final ResultTable table;
  private final Bar trainingBar = new Bar("training", 1);
  private final Bar streamBar;
  private final int images;

  DemoView(TrainingWatch training, Ledger ledger, ResultTable table, int images) {
    this.training = training;
    this.ledger = ledger;
    this.table = table;
    this.images = images;
    this.streamBar = new Bar("stream  ", images);
  }

  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (training.running()) {
      trainingBar.at(training.hundredths(), training.allHundredths(), training.state());
      lines.add(trainingBar.text());
    } else {
      lines.add(training.state());
    }
    streamBar.at(ledger.sentCount(), images, ledger.underwayCount() + " underway");
    lines.add(streamBar.text());
    lines.addAll(table.lines());
    return lines;
  }

  @Override
  public String line() {
    String stream =
        ledger.sentCount() == 0
            ? ""
            : "stream: %d of %d sent, %d underway"
                .formatted(ledger.sentCount(), images, ledger.underwayCount());
    String state = training.running() ? "training: " + training.state() : training.state();
    List<String> parts = new ArrayList<>(List.of(state, stream));
    table.newest().map(ResultTable::gist).ifPresent(parts::add);
    parts.removeIf(String::isEmpty);
    return String.join(" | ", parts);
  }

  @Override
  public void close() {
    trainingBar.close();
    streamBar.close();
  }
}
