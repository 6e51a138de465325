package io.ocellus.cli.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real services, scraped by a real Prometheus with the rules that are shipped: images flow, two
 * versions are published, and everything that dashboards and rules ask is asked.
 */
class ObservedServicesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;

  @Test
  @Timeout(600)
  @SuppressWarnings("FutureReturnValueIgnored") // the counts at the end say whether images came
  void everyPanelAndRuleHasSomethingToShow() throws Exception {
    assumeTrue(
        Prometheus.installed("prometheus"), "prometheus is not installed (package prometheus)");
    ScheduledExecutorService devices = Executors.newSingleThreadScheduledExecutor();
    try (RunningServices services = new RunningServices(folder);
        Prometheus prometheus = scraping(services, "classic", "exemplar-storage");
        Prometheus nativePrometheus = scraping(services, "native", "native-histograms");
        Prometheus anyPods = scrapingInOneJob(services)) {
      await().atMost(PATIENCE).until(() -> prometheus.value("sum(up)") == 2);
      services.publishFirst();
      devices.scheduleAtFixedRate(services::send, 0, 50, TimeUnit.MILLISECONDS);
      await()
          .atMost(PATIENCE)
          .until(() -> prometheus.value("ocellus_inferencer_serving_version") == 1);
      services.publishNext();
      await()
          .atMost(PATIENCE)
          .until(() -> prometheus.value("ocellus_inferencer_serving_version") == 2);
      System.gc(); // so that there is a pause to show

      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofSeconds(2))
          .untilAsserted(() -> assertThat(withoutData(prometheus)).isEmpty());
      assertAlertsCanBeAsked(prometheus);
      assertServicesAreKnownByTheirMetrics(anyPods);
      assertExemplarsNameTheTrace(prometheus);
      await().atMost(PATIENCE).until(() -> medianOfNative(nativePrometheus) > 0);
      devices.shutdown();
      assertThat(devices.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
      assertNothingIsUnaccounted(prometheus, services.sent());
    } finally {
      devices.shutdownNow();
    }
  }

  /** The configuration that is shipped, with these services as targets and a faster clock. */
  private Prometheus scraping(RunningServices services, String name, String feature)
      throws IOException {
    ObjectNode config = withFasterClock();
    for (JsonNode job : config.path("scrape_configs")) {
      URI target =
          job.path("job_name").asText().equals("ocellus-trainer")
              ? services.trainerUri()
              : services.inferencerUri();
      ((ObjectNode) job).remove("dns_sd_configs");
      ((ObjectNode) job)
          .putArray("static_configs")
          .addObject()
          .putArray("targets")
          .add(target.getAuthority());
    }
    return start(config, name, "--enable-feature=" + feature);
  }

  /** As one that finds all pods by their annotations. */
  private Prometheus scrapingInOneJob(RunningServices services) throws IOException {
    ObjectNode config = withFasterClock();
    config
        .putArray("scrape_configs")
        .addObject()
        .put("job_name", "kubernetes-pods")
        .putArray("static_configs")
        .addObject()
        .putArray("targets")
        .add(services.trainerUri().getAuthority())
        .add(services.inferencerUri().getAuthority());
    return start(config, "pods");
  }

  private static ObjectNode withFasterClock() {
    ObjectNode config = (ObjectNode) Rules.yamlFile(Rules.PROMETHEUS.resolve("prometheus.yml"));
    ((ObjectNode) config.path("global"))
        .put("scrape_interval", "1s")
        .put("evaluation_interval", "1s");
    config
        .putArray("rule_files")
        .add(Rules.PROMETHEUS.toAbsolutePath().normalize().resolve("rules/*.yml").toString());
    return config;
  }

  private Prometheus start(ObjectNode config, String name, String... options) throws IOException {
    Path own = Files.createDirectory(folder.resolve(name));
    Path file = own.resolve("prometheus.yml");
    Rules.YAML.writeValue(file.toFile(), config);
    return new Prometheus(file, own, options);
  }

  private static List<String> withoutData(Prometheus prometheus) {
    Rules rules = Rules.read();
    List<String> missing = new ArrayList<>();
    Stream.of(
            Dashboard.all().stream().flatMap(board -> board.panelQueries().stream()),
            rules.recordedQueries().stream(),
            rules.recorded().stream().map(name -> new Query(name, name)))
        .flatMap(each -> each)
        .forEach(
            query -> {
              JsonNode answer = ask(prometheus, query);
              if (Dashboard.stream(answer.at("/data/result"))
                  .noneMatch(series -> !series.at("/value/1").asText().equals("NaN"))) {
                missing.add(query.where() + ": " + query.substituted());
              }
            });
    return missing;
  }

  private static JsonNode ask(Prometheus prometheus, Query query) {
    JsonNode answer = prometheus.query(query.substituted());
    assertThat(answer.path("status").asText())
        .as("%s: %s", query, answer.path("error").asText())
        .isEqualTo("success");
    return answer;
  }

  private static void assertAlertsCanBeAsked(Prometheus prometheus) {
    Rules.read().alertQueries().forEach(query -> ask(prometheus, query));
    Dashboard.all().stream()
        .flatMap(board -> board.annotationQueries().stream())
        .forEach(query -> ask(prometheus, query));
    List<JsonNode> loaded =
        Dashboard.stream(prometheus.api("rules").at("/data/groups"))
            .flatMap(group -> Dashboard.stream(group.path("rules")))
            .toList();
    assertThat(loaded)
        .hasSameSizeAs(Rules.read().rules())
        .allSatisfy(
            rule ->
                assertThat(rule.path("health").asText())
                    .as("%s: %s", rule.path("name").asText(), rule.path("lastError").asText())
                    .isEqualTo("ok"));
  }

  private static void assertServicesAreKnownByTheirMetrics(Prometheus prometheus) {
    String up = "service_instance:ocellus_up:last1d{job=\"kubernetes-pods\"}";
    for (String service : List.of("inferencer", "trainer")) {
      assertThat(prometheus.value(up.replace("}", ",service=\"" + service + "\"}")))
          .as(service)
          .isEqualTo(1);
    }
    JsonNode down = prometheus.query("ALERTS{alertname=\"OcellusDown\"}").at("/data/result");
    assertThat(down).as("alerts, pending ones too").isEmpty();
  }

  private static double medianOfNative(Prometheus prometheus) {
    return prometheus.value(
        "histogram_quantile(0.5, sum(rate(ocellus_inferencer_latency_seconds[15s])))");
  }

  private static void assertExemplarsNameTheTrace(Prometheus prometheus) {
    JsonNode exemplars =
        prometheus.api(
            "query_exemplars?query=ocellus_inferencer_latency_seconds_bucket&start=0&end=32503680000");
    assertThat(exemplars.at("/data/0/exemplars/0/labels/trace_id").asText())
        .isEqualTo(RunningServices.TRACE);
  }

  private static void assertNothingIsUnaccounted(Prometheus prometheus, int sent) {
    await()
        .atMost(PATIENCE)
        .until(() -> prometheus.value("sum(ocellus_inferencer_received_total)") == sent);
    await()
        .atMost(PATIENCE)
        .until(() -> prometheus.value("sum(ocellus_inferencer_in_flight)") == 0);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        prometheus.value(
                            "sum(model_instance:ocellus_inferencer_unaccounted:images)"))
                    .isZero());
    int broken = sent / 5;
    assertThat(prometheus.value("sum(ocellus_inferencer_dead_total)")).isEqualTo(broken);
  }
}
