package io.ocellus.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Points of one name in a chart.
 *
 * @param name in the legend
 * @param points x and y each; a y that is no number is left out
 * @param dashed whether its line is: what the others are held against
 */
@SuppressWarnings("ArrayRecordComponent")
public record Series(String name, List<double[]> points, boolean dashed) {
  public Series {
    points = points.stream().filter(point -> Double.isFinite(point[1])).toList();
  }

  /** With a solid line. */
  public static Series of(String name, List<double[]> points) {
    return new Series(name, points, false);
  }

  Map<String, Object> option(String type, boolean markPoints) {
    Map<String, Object> option = new LinkedHashMap<>();
    option.put("type", type);
    option.put("name", name);
    option.put("data", points);
    if (type.equals("line")) {
      option.put("showSymbol", markPoints && !dashed);
      option.put("lineStyle", Map.of("type", dashed ? "dashed" : "solid", "width", 2));
    } else {
      option.put("symbolSize", 5);
      option.put("itemStyle", Map.of("opacity", 0.6));
    }
    return option;
  }
}
