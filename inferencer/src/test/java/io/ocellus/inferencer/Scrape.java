package io.ocellus.inferencer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** What an inferencer answers over HTTP. */
record Scrape(int status, String text) {
  static Scrape of(URI uri, String path) throws IOException, InterruptedException {
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(uri.resolve(path)).build(),
                HttpResponse.BodyHandlers.ofString());
    return new Scrape(response.statusCode(), response.body());
  }

  /** Sum over the samples whose line begins so. */
  double sum(String begin) {
    return text.lines()
        .filter(line -> line.startsWith(begin))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Whatever was received has been classified, is dead or was skipped: the identity, at rest. */
  void assertNoneUnaccounted() {
    assertThat(sum("ocellus_inferencer_in_flight")).isZero();
    assertThat(sum("ocellus_inferencer_received_total"))
        .isPositive()
        .isEqualTo(
            sum("ocellus_inferencer_classified_total")
                + sum("ocellus_inferencer_dead_total")
                + sum("ocellus_inferencer_skipped_total"));
  }

  /** All images that were sent are accounted for, none is skipped or in flight. */
  void assertIdentity(int sent, int dead) {
    assertThat(sum("ocellus_inferencer_received_total")).isEqualTo(sent);
    assertThat(sum("ocellus_inferencer_dead_total")).isEqualTo(dead);
    assertThat(sum("ocellus_inferencer_classified_total")).isEqualTo(sent - dead);
    assertThat(sum("ocellus_inferencer_skipped_total")).isZero();
    assertThat(sum("ocellus_inferencer_in_flight")).isZero();
    assertThat(sum("ocellus_inferencer_latency_seconds_count")).isEqualTo(sent - dead);
  }
}
