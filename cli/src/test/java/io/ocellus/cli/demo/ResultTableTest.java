package io.ocellus.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResultTableTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static SettledImage image(String id, String truth, Outcome outcome) {
    return new SettledImage(
        new BookedImage(id, "camera-1", Optional.ofNullable(truth), START), outcome);
  }

  private static SettledImage classified(String id, String truth, String label) {
    return image(id, truth, new Outcome.Classified(id, label, 0.876, 2, START.plusMillis(42)));
  }

  @Test
  void aRowTellsTheWholeResult() {
    assertThat(ResultTable.row(classified("img-1", "ring", "ring")))
        .matches("camera-1 +img-1 +ring +0\\.88 +v2 +42 ms");
  }

  @Test
  void aWrongLabelIsShownWithTheRightOne() {
    assertThat(ResultTable.row(classified("img-1", "ring", "bars"))).contains("bars (is ring)");
  }

  @Test
  void aDeadLetterShowsItsReason() {
    assertThat(
            ResultTable.row(
                image("x", null, new Outcome.Dead("x", "undecodable", START.plusMillis(7)))))
        .contains("dead: undecodable")
        .contains("7 ms");
  }

  @Test
  void theTableKeepsItsHeightAndTheNewestRows() {
    ResultTable table = new ResultTable();
    int empty = table.lines().size();
    for (int i = 0; i < 100; i++) {
      table.add(classified("img-" + i, "ring", "ring"));
    }
    assertThat(table.lines()).hasSize(empty);
    assertThat(table.lines().get(empty - 1)).contains("img-99");
    assertThat(table.lines()).allMatch(line -> line.length() < 80);
  }
}
