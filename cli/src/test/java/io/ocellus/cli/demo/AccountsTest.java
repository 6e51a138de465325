package io.ocellus.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ocellus.service.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountsTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<ServingVersion> VERSIONS =
      List.of(
          new ServingVersion(2, 0.95, Duration.ofMillis(700)),
          new ServingVersion(1, 0.8, Duration.ofMillis(1500)));

  private final Ledger ledger = new Ledger();

  private void send(String id, String truth, int second) {
    ledger.sent(
        new BookedImage(id, "camera-1", Optional.ofNullable(truth), START.plusSeconds(second)));
  }

  private void classify(String id, String label, int version, int millis) {
    ledger.settled(new Outcome.Classified(id, label, 0.9, version, START.plusMillis(millis)));
  }

  private void die(String id, String reason, int millis) {
    ledger.settled(new Outcome.Dead(id, reason, START.plusMillis(millis)));
  }

  private DemoReport report() {
    return Accounts.report(ledger, VERSIONS);
  }

  @Test
  void everyOutcomeIsCountedOnceByVersionAndByReason() {
    send("a", "ring", 0);
    send("b", "bars", 1);
    send("c", null, 2);
    send("d", "ring", 3);
    classify("a", "ring", 1, 100);
    classify("b", "ring", 1, 1200);
    die("c", "empty", 2100);
    classify("d", "ring", 2, 4000);

    DemoReport report = report();
    assertThat(report.sent()).isEqualTo(4);
    assertThat(report.classified()).isEqualTo(3);
    assertThat(report.dead()).isEqualTo(Map.of("empty", 1));
    assertThat(report.addsUp()).isTrue();
    assertThat(report.versions())
        .containsExactly(
            new DemoReport.VersionReport(1, 0.8, 2, 0.5, 1500),
            new DemoReport.VersionReport(2, 0.95, 1, 1.0, 700));
    assertThat(report.imagesPerSecond()).isEqualTo(1.0);
    assertThat(report.latencyMs()).isEqualTo(new DemoReport.LatencyReport(200, 1000));
    assertThat(ledger.balanced()).isTrue();
  }

  @Test
  void aLostImageBreaksTheIdentity() {
    send("a", "ring", 0);
    send("b", "ring", 0);
    classify("a", "ring", 1, 100);
    assertThat(report().addsUp()).isFalse();
    assertThat(ledger.underwayCount()).isEqualTo(1);
  }

  @Test
  void aDoubledResultDoesNotMakeUpForALostOne() {
    send("a", "ring", 0);
    send("b", "ring", 0);
    classify("a", "ring", 1, 100);
    classify("a", "ring", 1, 100);
    assertThat(ledger.doubledCount()).isEqualTo(1);
    assertThat(ledger.balanced()).isFalse();
  }

  @Test
  void imagesOfOthersAreNotInTheAccounts() {
    classify("somebody's", "ring", 1, 100);
    assertThat(report().classified()).isZero();
    assertThat(report().addsUp()).isTrue();
  }

  @Test
  void aVersionHasServedOnceItClassified() {
    send("a", "ring", 0);
    classify("a", "ring", 1, 100);
    assertThat(report().served(1)).isTrue();
    assertThat(report().served(2)).isFalse();
  }

  @Test
  void theFileHasTheFieldsThatReadersRelyOn(@TempDir Path folder) throws Exception {
    send("a", "ring", 0);
    send("b", null, 0);
    classify("a", "ring", 1, 100);
    die("b", "undecodable", 100);
    report().write(folder.resolve("report.json"));
    JsonNode json = Json.MAPPER.readTree(folder.resolve("report.json").toFile());
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly("sent", "classified", "dead", "versions", "imagesPerSecond", "latencyMs");
    assertThat(json.at("/dead/undecodable").asInt()).isEqualTo(1);
    assertThat(json.at("/versions/0").fieldNames())
        .toIterable()
        .containsExactly(
            "version", "testAccuracy", "classified", "streamAccuracy", "publishedToServingMs");
    assertThat(json.at("/latencyMs").fieldNames()).toIterable().containsExactly("p50", "p99");
  }
}
