package io.ocellus.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ocellus.cli.Ocellus;
import io.ocellus.service.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {
  @Test
  @Timeout(240)
  void everythingSentComesBackAndVersionTwoServes(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("report.json");
    int code =
        Ocellus.commandLine()
            .execute(
                "demo",
                "--images=240",
                "--epochs=1",
                "--report=" + file,
                "--trainer=gate.margin=1",
                "--trainer=gate.class-margin=1");
    JsonNode report = Json.MAPPER.readTree(file.toFile());
    int dead = 0;
    for (JsonNode count : report.path("dead")) {
      dead += count.asInt();
    }
    assertThat(report.path("sent").asInt()).isEqualTo(240);
    assertThat(report.path("classified").asInt() + dead).isEqualTo(240);
    assertThat(report.path("dead").path("empty").asInt()).isPositive();
    assertThat(report.path("dead").path("unsupported-format").asInt()).isPositive();
    assertThat(report.path("dead").path("undecodable").asInt()).isPositive();
    assertThat(report.path("dead").path("too-many-pixels").asInt()).isPositive();
    assertThat(report.path("versions")).hasSize(2);
    assertThat(report.at("/versions/0/classified").asInt()).isPositive();
    assertThat(report.at("/versions/1/classified").asInt()).isPositive();
    assertThat(code).isZero();
  }
}
