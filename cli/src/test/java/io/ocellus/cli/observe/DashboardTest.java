package io.ocellus.cli.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ocellus.inferencer.InferencerMetric;
import io.ocellus.metrics.Metric;
import io.ocellus.metrics.MetricSpec;
import io.ocellus.metrics.MetricType;
import io.ocellus.trainer.TrainerMetric;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be known of the dashboards and rules without a Prometheus. */
class DashboardTest {
  private static final Rules RULES = Rules.read();

  static List<Dashboard> dashboards() {
    return Dashboard.all();
  }

  static Stream<Query> queries() {
    return Stream.of(
            dashboards().stream().flatMap(d -> d.panelQueries().stream()),
            dashboards().stream().flatMap(d -> d.annotationQueries().stream()),
            RULES.alertQueries().stream(),
            RULES.recordedQueries().stream())
        .flatMap(each -> each);
  }

  @Test
  void everyMetricThatIsAskedForExists() {
    Set<String> known =
        Stream.concat(Stream.of(InferencerMetric.values()), Stream.of(TrainerMetric.values()))
            .map(Metric::spec)
            .flatMap(DashboardTest::series)
            .collect(Collectors.toCollection(HashSet::new));
    known.addAll(RULES.recorded());

    assertThat(queries())
        .isNotEmpty()
        .allSatisfy(query -> assertThat(known).as(query.where()).containsAll(query.ownMetrics()));
  }

  private static Stream<String> series(MetricSpec spec) {
    return spec.type() == MetricType.HISTOGRAM
        ? Stream.of("_bucket", "_count", "_sum").map(suffix -> spec.name() + suffix)
        : Stream.of(spec.name());
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void everyPanelSaysWhatItShowsAndInWhichUnit(Dashboard dashboard) {
    assertThat(dashboard.panels())
        .isNotEmpty()
        .allSatisfy(
            panel -> {
              String title = panel.path("title").asText();
              assertThat(title).isNotBlank();
              assertThat(panel.path("description").asText()).as(title).endsWith(".");
              assertThat(panel.at("/fieldConfig/defaults/unit").asText()).as(title).isNotBlank();
              assertThat(panel.path("targets")).as(title).isNotEmpty();
              assertThat(panel.at("/datasource/uid").asText()).as(title).isEqualTo("${datasource}");
            });
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void panelsHaveIdsAndPlacesOfTheirOwn(Dashboard dashboard) {
    Set<Integer> ids = new HashSet<>();
    Set<List<Integer>> cells = new HashSet<>();
    for (JsonNode panel : dashboard.json().path("panels")) {
      String title = panel.path("title").asText();
      assertThat(ids.add(panel.path("id").asInt())).as(title).isTrue();
      JsonNode place = panel.path("gridPos");
      int x = place.path("x").asInt();
      int y = place.path("y").asInt();
      assertThat(x + place.path("w").asInt()).as(title).isLessThanOrEqualTo(24);
      for (int i = x; i < x + place.path("w").asInt(); i++) {
        for (int j = y; j < y + place.path("h").asInt(); j++) {
          assertThat(cells.add(List.of(i, j))).as("%s overlaps", title).isTrue();
        }
      }
    }
  }

  /** A device whose images are all dead letters looks as busy as others else. */
  @Test
  void imagesByDeviceAreToldByOutcome() {
    List<JsonNode> targets =
        dashboards().stream()
            .flatMap(dashboard -> dashboard.panels().stream())
            .flatMap(panel -> Dashboard.stream(panel.path("targets")))
            .filter(target -> target.path("expr").asText().contains("_device_images_total"))
            .toList();

    assertThat(targets)
        .isNotEmpty()
        .allMatch(target -> target.path("expr").asText().contains("outcome"))
        .anyMatch(target -> target.path("legendFormat").asText().contains("{{outcome}}"));
  }

  @Test
  void dashboardsAreKnownByTheirOwnIds() {
    assertThat(dashboards().stream().map(d -> d.json().path("uid").asText()))
        .doesNotHaveDuplicates()
        .allMatch(uid -> uid.startsWith("ocellus-"));
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void queriesUseTheVariablesThatThereAre(Dashboard dashboard) {
    Set<String> declared =
        Dashboard.stream(dashboard.json().at("/templating/list"))
            .map(variable -> variable.path("name").asText())
            .collect(Collectors.toSet());

    assertThat(declared).contains("datasource", "model");
    assertThat(dashboard.panelQueries())
        .allSatisfy(
            query -> {
              assertThat(query.expression()).as(query.where()).contains("$model");
              if (query.expression().contains("$instance")) {
                assertThat(declared).contains("instance");
              }
            });
  }
}
