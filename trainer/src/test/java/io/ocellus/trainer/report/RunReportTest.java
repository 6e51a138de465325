package io.ocellus.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.ocellus.checkpoint.Lineage;
import io.ocellus.image.Framing;
import io.ocellus.network.Network;
import io.ocellus.network.NetworkSpec;
import io.ocellus.network.Networks;
import io.ocellus.network.Normalization;
import io.ocellus.trainer.training.Candidate;
import io.ocellus.trainer.training.EpochResult;
import io.ocellus.trainer.training.Evaluation;
import io.ocellus.trainer.training.Judgement;
import io.ocellus.trainer.training.NetworkOnDevice;
import io.ocellus.trainer.training.Predictions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReportTest {
  private static final int SIZE = 16;
  private static final String HOSTILE = "<img src=x onerror=alert(1)> & co";
  private static final List<String> CLASSES = List.of(HOSTILE, "owl");

  @TempDir Path folder;

  @Test
  void thePageShowsWhatTheRunCameTo() throws IOException {
    RunReport.write(run(new float[] {2, 0, 0, 1, 3, 0, 0, 2}, Optional.empty()), folder);
    Document page = page();
    assertThat(page.title()).isEqualTo("birds: se-densenet-light");
    assertThat(page.select(".tiles dd").eachText()).contains("75.0%", "0.400", "2 / 2");
    assertThat(page.select("h2").eachText())
        .containsExactly(
            "At a glance",
            "Training",
            "Classes",
            "Calibration",
            "Most confident mistakes",
            "Where the network looks",
            "Origin");
    assertThat(page.select("figure.table:has(figcaption:contains(Confusion)) td").eachText())
        .containsExactly("1", "0", "1", "2");
    assertThat(page.select("tr:has(th:contains(macro)) td").eachText())
        .containsExactly("0.750", "0.833", "0.733", "0.667", "4");
  }

  @Test
  void whatWasMeasuredOnceStandsFirst() throws IOException {
    RunRecord run = run(new float[] {2, 0, 0, 1, 3, 0, 0, 2}, Optional.empty());
    Judgement test =
        new Judgement(
            new Evaluation(2, 0.25, 1, Map.of(HOSTILE, 1.0, "owl", 1.0)),
            new Predictions(List.of("e", "f"), new int[] {0, 1}, new float[] {2, 0, 0, 2}, 2));
    RunReport.write(
        new RunRecord(
            run.model(),
            "",
            run.candidate(),
            run.classes(),
            run.framing(),
            run.lineage(),
            run.parent(),
            Optional.of(test),
            run.pixels()),
        folder);
    Document page = page();
    assertThat(page.select("h2").eachText())
        .startsWith(
            "The test part", "At a glance", "Training", "Classes in the test part", "Classes");
    assertThat(page.select("section").get(0).text())
        .contains("on 2 images", "100.0%", "95% interval 34.2% to 100.0%", "0.250");
    assertThat(page.select("section").get(3).select("td").eachText())
        .startsWith("1", "0", "0", "1");
  }

  @Test
  void namesOfClassesAndImagesAreText() throws IOException {
    RunReport.write(run(new float[] {2, 0, 0, 1, 3, 0, 0, 2}, Optional.empty()), folder);
    Document page = page();
    assertThat(page.select("[onerror]")).isEmpty();
    assertThat(page.select("tbody th").eachText()).contains(HOSTILE);
    assertThat(page.select(".pictures figcaption").text()).contains("taken for " + HOSTILE);
    assertThat(page.select(".pictures img").eachAttr("src"))
        .hasSize(1 + 3)
        .allMatch(uri -> uri.startsWith("data:image/png;base64,"));
  }

  @Test
  void theNextRunIsDrawnBesideThisOne() throws IOException {
    RunReport.write(run(new float[] {2, 0, 0, 1, 3, 0, 0, 2}, Optional.empty()), folder);
    List<EpochFigures> history = ReportFigures.history(folder);
    assertThat(history).extracting(EpochFigures::testAccuracy).containsExactly(0.5, 0.75);
    RunRecord.Parent parent =
        new RunRecord.Parent(7, new Evaluation(4, 0.5, 0.5, Map.of()), history);
    RunReport.write(
        run(new float[] {2, 0, 0, 1, 3, 0, 0, 2}, Optional.of(parent)), folder.resolve("next"));
    Document page = Jsoup.parse(folder.resolve("next").resolve(RunReport.FILE));
    assertThat(page.select(".tiles").text()).contains("version 7: 50.0%");
    assertThat(page.select("script[type=application/json]").html()).contains("parent, held out");
  }

  @Test
  void withoutMistakesItSaysSo() throws IOException {
    RunReport.write(run(new float[] {2, 0, 0, 1, 0, 3, 0, 2}, Optional.empty()), folder);
    assertThat(page().select(".note").text()).contains("No held-out image was taken for another");
  }

  @Test
  void aVersionWithoutFiguresHasNoHistory() {
    assertThat(ReportFigures.history(folder)).isEmpty();
  }

  @Test
  void figuresOfAVersionThatCannotBeReadAreNoHistory() throws IOException {
    for (String figures : List.of("{\"history\": [null]}", "{\"history\": 7}", "null", "{")) {
      Files.writeString(folder.resolve(ReportFigures.FILE), figures);
      assertThat(ReportFigures.history(folder)).as(figures).isEmpty();
    }
  }

  private Document page() throws IOException {
    return Jsoup.parse(folder.resolve(RunReport.FILE));
  }

  private static RunRecord run(float[] logits, Optional<RunRecord.Parent> parent) {
    Network network =
        Networks.create(
            new NetworkSpec(
                "se-densenet-light", 2, Map.of("growth-rate", "4", "block-config", "1,1")));
    EpochResult first = epoch(1, 0.9, 0.5, false);
    EpochResult second = epoch(2, 0.4, 0.75, true);
    try (NetworkOnDevice device = new NetworkOnDevice(network, SIZE, Device.cpu(), 1)) {
      Candidate candidate =
          new Candidate(
              network,
              device.stateDict(),
              Normalization.IMAGENET,
              second,
              List.of(first, second),
              new Predictions(List.of("a", "b", HOSTILE, "d"), new int[] {0, 1, 1, 1}, logits, 2));
      return new RunRecord(
          "birds",
          "Accepted.",
          candidate,
          CLASSES,
          Framing.stretch(SIZE),
          new Lineage("run-1", "test", 0, List.of(), 16, 4, "hash", 1, Map.of("a", "b"), "0.1.0"),
          parent,
          Optional.empty(),
          id -> Optional.of(new byte[3 * SIZE * SIZE]));
    }
  }

  private static EpochResult epoch(int number, double loss, double accuracy, boolean best) {
    Evaluation evaluation = new Evaluation(4, loss, accuracy, Map.of());
    return new EpochResult(number, 0.001f, evaluation, evaluation, best, Duration.ZERO);
  }
}
