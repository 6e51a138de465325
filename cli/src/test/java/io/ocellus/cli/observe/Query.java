package io.ocellus.cli.observe;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A PromQL query of a dashboard or of a rule.
 *
 * @param where it stands, for people
 * @param expression as it is written there
 */
record Query(String where, String expression) {
  private static final Pattern STRING = Pattern.compile("\"[^\"]*\"|'[^']*'");
  private static final Pattern OWN = Pattern.compile("\\b(ocellus_\\w+|\\w+:\\w+:\\w+)\\b");

  /** With Grafana's variables replaced: all models and instances, short intervals. */
  String substituted() {
    return expression
        .replace("$__rate_interval", "15s")
        .replace("$__range", "10m")
        .replaceAll("\\$(model|instance)\\b", ".+");
  }

  /** The metrics of ours and the recorded series that it asks for. */
  List<String> ownMetrics() {
    return OWN.matcher(STRING.matcher(expression).replaceAll("\"\""))
        .results()
        .map(MatchResult::group)
        .distinct()
        .toList();
  }
}
