package io.ocellus.cli.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {
  private static final Path RUNBOOK = Path.of("..", "docs", "runbook.md");
  private static final Rules RULES = Rules.read();

  @Test
  void everyAlertSaysWhatHappenedHowBadItIsAndWhereToRead() throws IOException {
    Set<String> sections =
        Files.readAllLines(RUNBOOK).stream()
            .filter(line -> line.startsWith("## "))
            .map(line -> line.substring(3).toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());

    assertThat(RULES.alerts())
        .isNotEmpty()
        .allSatisfy(
            alert -> {
              String name = alert.path("alert").asText();
              String section = name.toLowerCase(Locale.ROOT);
              assertThat(alert.at("/annotations/summary").asText()).as(name).isNotBlank();
              assertThat(alert.at("/labels/severity").asText())
                  .as(name)
                  .isIn("critical", "warning", "info");
              assertThat(alert.at("/annotations/runbook_url").asText())
                  .isEqualTo("docs/runbook.md#" + section);
              assertThat(sections).contains(section);
            });
  }

  @Test
  void everyAlertIsTestedFiringAndSilent() {
    List<JsonNode> cases =
        Rules.yaml(Rules.PROMETHEUS.resolve("tests"))
            .flatMap(file -> Dashboard.stream(file.path("tests")))
            .flatMap(test -> Dashboard.stream(test.path("alert_rule_test")))
            .toList();

    assertThat(RULES.alerts().stream().map(alert -> alert.path("alert").asText()))
        .allSatisfy(
            name -> {
              assertThat(expectations(cases, name)).as("%s firing", name).contains(true);
              assertThat(expectations(cases, name)).as("%s silent", name).contains(false);
            });
  }

  private static List<Boolean> expectations(List<JsonNode> cases, String alert) {
    return cases.stream()
        .filter(each -> each.path("alertname").asText().equals(alert))
        .map(each -> !each.path("exp_alerts").isEmpty())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"check, config, .", "check, rules, rules", "test, rules, tests"})
  void promtoolFindsNothingWrong(String verb, String noun, String folder) throws Exception {
    assumeTrue(Prometheus.installed("promtool"), "promtool is not installed (package prometheus)");
    List<String> command = new ArrayList<>(List.of("promtool", verb, noun));
    command.addAll(files(folder));
    Process process =
        new ProcessBuilder(command)
            .directory(Rules.PROMETHEUS.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
  }

  private static List<String> files(String folder) throws IOException {
    try (Stream<Path> files = Files.list(Rules.PROMETHEUS.resolve(folder))) {
      return files
          .filter(Files::isRegularFile)
          .sorted()
          .map(file -> folder + "/" + file.getFileName())
          .toList();
    }
  }
}
