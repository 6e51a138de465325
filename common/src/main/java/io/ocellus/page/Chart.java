package io.ocellus.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.ocellus.service.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A chart, drawn by Apache ECharts.
 *
 * @param label what it shows, as its caption and for those who cannot see it
 * @param option ECharts' option, without colours, which the page's script adds
 * @param table the same figures to read; where it is empty, the label should say the essence
 */
public record Chart(String label, Map<String, Object> option, Optional<Table> table)
    implements Block {
  /** With more points than that, lines have no marks. */
  private static final int MARKED = 100;

  /** A line for each series. */
  public static Chart lines(String label, Axis x, Axis y, List<Series> series) {
    boolean few = series.stream().mapToInt(s -> s.points().size()).sum() <= MARKED;
    return new Chart(
        label,
        xy(x, y, series.stream().map(s -> s.option("line", few)).toList()),
        Optional.empty());
  }

  /** A dot for each point. */
  public static Chart scatter(String label, Axis x, Axis y, List<Series> series) {
    return new Chart(
        label,
        xy(x, y, series.stream().map(s -> s.option("scatter", true)).toList()),
        Optional.empty());
  }

  /**
   * A bar for each name, from left to right; it begins at zero unless the axis says otherwise.
   *
   * @param mean where a line crosses all bars, if anywhere
   */
  public static Chart bars(
      String label, Axis y, List<String> names, List<Double> values, OptionalDouble mean) {
    Map<String, Object> bars = new LinkedHashMap<>();
    bars.put("type", "bar");
    bars.put("name", y.name());
    bars.put("data", values);
    bars.put("barMaxWidth", 48);
    mean.ifPresent(
        value ->
            bars.put(
                "markLine",
                Map.of(
                    "silent",
                    true,
                    "symbol",
                    "none",
                    "label",
                    Map.of("formatter", "mean", "position", "insideEndTop"),
                    "data",
                    List.of(Map.of("yAxis", value)))));
    Map<String, Object> option = new LinkedHashMap<>();
    option.put("xAxis", Map.of("type", "category", "data", names));
    option.put("yAxis", y.min() == null ? Axis.fromZero(y.name()).option() : y.option());
    option.put("series", List.of(bars));
    option.put("tooltip", Map.of("trigger", "axis"));
    return new Chart(label, option, Optional.empty());
  }

  /** The same with its figures beside it. */
  public Chart with(Table figures) {
    return new Chart(label, option, Optional.of(figures));
  }

  private static Map<String, Object> xy(Axis x, Axis y, List<Map<String, Object>> series) {
    boolean points = series.stream().anyMatch(s -> s.get("type").equals("scatter"));
    Map<String, Object> option = new LinkedHashMap<>();
    option.put("xAxis", x.option());
    option.put("yAxis", y.option());
    option.put("series", series);
    option.put("tooltip", Map.of("trigger", points ? "item" : "axis"));
    if (series.size() > 1) {
      option.put("legend", Map.of("type", "scroll", "bottom", 0));
    }
    return option;
  }

  /** The option as JSON that can stand in a script element, whatever names are in it. */
  String json() {
    try {
      return Json.MAPPER.writeValueAsString(option).replace("<", "\\u003c");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The chart's option cannot be written as JSON", e);
    }
  }

  @Override
  public String html() {
    return Templates.render("chart", this);
  }
}
