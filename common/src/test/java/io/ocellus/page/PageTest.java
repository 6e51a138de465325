package io.ocellus.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.ocellus.service.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {
  private static final String HOSTILE = "</script><img src=x onerror=alert(1)>'\"&";

  @Test
  void everyNameIsTextWhateverIsInIt(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("page.html");
    new Page(
            HOSTILE,
            HOSTILE,
            List.of(
                Section.of(
                    HOSTILE,
                    HOSTILE,
                    new Tiles(List.of(new Tiles.Tile(HOSTILE, HOSTILE, HOSTILE))),
                    Chart.bars(
                        HOSTILE,
                        Axis.of(HOSTILE),
                        List.of(HOSTILE),
                        List.of(3.0),
                        OptionalDouble.of(3)),
                    new Table(
                        HOSTILE, List.of(HOSTILE), List.of(List.of(Cell.shaded(HOSTILE, 0.6)))),
                    new Note(HOSTILE),
                    new Pictures(
                        List.of(
                            new Pictures.Picture(
                                "data:image/png;base64,AA==", HOSTILE, HOSTILE))))))
        .write(file);
    Document page = Jsoup.parse(file);
    assertThat(page.title()).isEqualTo(HOSTILE);
    assertThat(page.select("h1, h2, .note, figcaption, dt, td, th, li strong").eachText())
        .allMatch(text -> text.contains(HOSTILE));
    assertThat(page.select("img")).hasSize(1);
    assertThat(page.select("[onerror]")).isEmpty();
    assertThat(page.select("script")).hasSize(3);
    JsonNode option = option(page);
    assertThat(option.at("/xAxis/data/0").asText()).isEqualTo(HOSTILE);
    assertThat(option.at("/series/0/markLine/data/0/yAxis").asDouble()).isEqualTo(3);
  }

  @Test
  void nothingIsFetched() {
    Document page =
        Jsoup.parse(
            new Page(
                    "Title",
                    "Lead",
                    List.of(
                        Section.of(
                            "Sizes",
                            "",
                            Chart.scatter(
                                "Sizes",
                                Axis.of("width"),
                                Axis.of("height"),
                                List.of(Series.of("a", List.of(new double[] {1, 2})))))))
                .html());
    assertThat(page.select("link, [src], iframe, object")).isEmpty();
    assertThat(page.select("meta[http-equiv]").attr("content")).startsWith("default-src 'none'");
    assertThat(page.select("script").eachAttr("type")).containsExactly("application/json");
  }

  @Test
  void aChartBringsItsFiguresAndGapsAreLeftOut() {
    Table figures =
        new Table(
            "Loss", List.of("Epoch", "Loss"), List.of(List.of(Cell.number(1), Cell.number("0.5"))));
    Chart chart =
        Chart.lines(
                "Loss",
                Axis.of("epoch"),
                Axis.share("loss"),
                List.of(
                    Series.of(
                        "loss", List.of(new double[] {1, 0.5}, new double[] {2, Double.NaN}))))
            .with(figures);
    Element html = Jsoup.parse(chart.html()).body();
    assertThat(html.select("td").text()).isEqualTo("0.5");
    assertThat(html.select("[role=img]").attr("aria-label")).isEqualTo("Loss");
    assertThat(html.select("script").html()).contains("\"data\":[[1.0,0.5]]");
  }

  @Test
  void aTableIsRectangular() {
    assertThatThrownBy(() -> new Table("t", List.of("a", "b"), List.of(List.of(Cell.text("x")))))
        .hasMessageContaining("1 cells")
        .hasMessageContaining("2 columns");
  }

  private static JsonNode option(Document page) throws IOException {
    return Json.MAPPER.readTree(page.select("script[type=application/json]").html());
  }
}
