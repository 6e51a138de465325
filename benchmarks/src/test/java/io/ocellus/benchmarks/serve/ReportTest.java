package io.ocellus.benchmarks.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.ocellus.benchmarks.serve.Releases.Release;
import io.ocellus.benchmarks.serve.Swaps.Life;
import io.ocellus.benchmarks.serve.contender.ContenderKind;
import io.ocellus.service.Json;
import io.ocellus.testbed.Footprint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final int BATCH = 4;
  private static final int THREADS = 2;
  private static final List<ContenderKind> KINDS =
      List.of(
          ContenderKind.PYTORCH,
          ContenderKind.ONNXRUNTIME,
          ContenderKind.OCELLUS,
          ContenderKind.STREAMS);

  private final List<Turn> turns = new ArrayList<>();

  @Test
  void ratiosAreMediansOfPairsThatWereMeasuredSideBySide() {
    backlogs(ContenderKind.ONNXRUNTIME, 1, 2, 10);
    backlogs(ContenderKind.PYTORCH, 2, 4, 20);
    backlogs(ContenderKind.OCELLUS, 1.25, 2.5, 20);
    backlogs(ContenderKind.STREAMS, 5, 10, 40);

    Figures ocellus = figures(ContenderKind.OCELLUS);

    assertThat(ocellus.imagesPerSecond()).isEqualTo(40);
    assertThat(ocellus.overBare()).isEqualTo(0.8);
    assertThat(ocellus.overBareByCpu()).isCloseTo((1 + 2) / (1 + 2.5), within(1e-9));
    assertThat(ocellus.overStreams()).isEqualTo(4);
    assertThat(Ratio.of(cell()))
        .contains(
            new Ratio(
                "forward, ONNX Runtime over PyTorch", "2.00", "same weights, batch and threads"));
  }

  @Test
  void latencyIsHeldAgainstTheForwardPassAndTheDurationOfABatch() {
    backlogs(ContenderKind.ONNXRUNTIME, 1);
    singles(Arrival.LONE, ContenderKind.ONNXRUNTIME, 7);
    singles(Arrival.LONE, ContenderKind.OCELLUS, 12);
    singles(Arrival.STEADY, ContenderKind.OCELLUS, 160);

    Figures ocellus = figures(ContenderKind.OCELLUS);

    assertThat(ocellus.loneMillis()).isEqualTo(12);
    assertThat(ocellus.loneOverheadMillis()).isEqualTo(5);
    assertThat(ocellus.steadyP99Batches()).isEqualTo(160 / 1000.0 / (BATCH * THREADS / 100.0));
  }

  @Test
  void imagesThatLivedWhileAVersionWasOnItsWayAreHeldAgainstTheOthers() {
    long second = 1_000_000_000L;
    List<Life> lives =
        List.of(
            new Life(0, second),
            new Life(second, 2 * second),
            new Life(4 * second, 8 * second),
            new Life(9 * second, 11 * second));
    List<Release> releases =
        List.of(
            new Release(2, 3 * second / 2, new Footprint(100, 10, 20)),
            new Release(3, 6 * second, new Footprint(100, 10, 20)));
    Map<Integer, Long> first = Map.of(2, 5 * second / 2, 3, 7 * second);
    turns.add(
        new Turn(
                Arrival.SWAPS,
                ContenderKind.OCELLUS,
                1,
                4,
                11,
                1,
                List.of(),
                lives.stream().map(Life::millis).toList())
            .with(Swaps.of(lives, releases, first, new Footprint(110, 11, 18))));

    Figures ocellus = figures(ContenderKind.OCELLUS);

    assertThat(ocellus.swapSeconds()).isEqualTo(1);
    assertThat(ocellus.swapP99Millis()).isEqualTo(4000);
    assertThat(ocellus.swapOverOtherwise()).isEqualTo(2);
    assertThat(ocellus.residentGrowth()).isEqualTo(1.1);
    assertThat(ocellus.threadsMore()).isEqualTo(1);
    assertThat(ocellus.filesMore()).isEqualTo(-2);
    Report report = new Report("a machine", plan(), List.of(cell()));
    assertThat(report.markdown()).contains("| 1.00 | 4000.0 | 2.00 | 1.100 | +1 | -2 |");
    assertThat(ReportPage.of(report).html()).contains("Resident memory before each publication");
  }

  @Test
  void whatWasNotMeasuredIsLeftOutOfTheTables() throws JsonProcessingException {
    backlogs(ContenderKind.ONNXRUNTIME, 1);
    backlogs(ContenderKind.OCELLUS, 2);
    Report report = new Report("a machine", plan(), List.of(cell()));

    assertThat(report.markdown())
        .contains("| contender | guarantee | images/s | over bare |")
        .contains("- topic to topic over bare forward: **0.500**")
        .doesNotContain("lone image", "steady", "NaN", "null");
    assertThat(ReportPage.of(report).html()).contains("exactly once", "0.500");
    JsonNode figures = Json.MAPPER.valueToTree(report).at("/cells/0/figures/2");
    assertThat(figures.get("overBare").asDouble()).isEqualTo(0.5);
    assertThat(figures.get("loneMillis").isNull()).isTrue();
  }

  private void backlogs(ContenderKind kind, double... seconds) {
    for (int round = 0; round < seconds.length; round++) {
      double each = seconds[round] / 10;
      List<Double> tenths = IntStream.rangeClosed(1, 10).mapToObj(i -> i * each).toList();
      turns.add(
          new Turn(
              Arrival.BACKLOG,
              kind,
              round + 1,
              100,
              seconds[round],
              1 + seconds[round],
              tenths,
              List.of()));
    }
  }

  private void singles(Arrival arrival, ContenderKind kind, double millis) {
    turns.add(new Turn(arrival, kind, 1, 3, 1, 1, List.of(), Collections.nCopies(3, millis)));
  }

  private Figures figures(ContenderKind kind) {
    return Figures.of(kind, "", 0, turns, plan());
  }

  private Cell cell() {
    return new Cell(
        new Input("se-densenet-light", 32, "png"),
        1,
        "made-up",
        100,
        100,
        KINDS.stream().map(this::figures).toList(),
        turns);
  }

  private static Plan plan() {
    return new Plan(
        List.of(Arrival.BACKLOG),
        KINDS,
        1,
        1,
        1,
        0,
        1,
        0.7,
        5,
        BATCH,
        THREADS,
        1,
        8,
        "1g",
        Map.of(),
        null);
  }
}
