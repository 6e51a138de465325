package io.ocellus.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpEndpointsTest {
  private static final HttpToken TOKEN = HttpToken.of("open-sesame", Path.of("unused"));

  private final HttpClient client = HttpClient.newHttpClient();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AtomicReference<Optional<String>> whyNotReady =
      new AtomicReference<>(Optional.of("no model yet"));
  private final AtomicReference<Optional<String>> whyNotLive =
      new AtomicReference<>(Optional.empty());
  private final HttpEndpoints endpoints =
      HttpEndpoints.at("127.0.0.1", 0)
          .metrics(registry)
          .live(whyNotLive::get)
          .ready(whyNotReady::get)
          .post("/retrain", TOKEN, Optional::empty, () -> "run requested")
          .post(
              "/broken",
              TOKEN,
              Optional::empty,
              () -> {
                throw new IllegalStateException("secret detail");
              })
          .start();

  @AfterEach
  void close() {
    endpoints.close();
  }

  @Test
  void servesMetricsInPrometheusText() throws Exception {
    registry.counter("ocellus.seen").increment(3);

    HttpResponse<String> answer = get("/metrics");

    assertThat(answer.body()).contains("ocellus_seen_total 3.0");
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain; version=0.0.4");
  }

  @Test
  void servesMetricsAsTheScraperAccepts() throws Exception {
    registry.counter("ocellus.seen").increment(3);

    assertThat(contentTypeFor("application/openmetrics-text;version=1.0.0,*/*;q=0.1"))
        .startsWith("application/openmetrics-text; version=1.0.0");
    assertThat(
            contentTypeFor(
                "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited"))
        .startsWith("application/vnd.google.protobuf");
    assertThat(contentTypeFor("text/html")).startsWith("text/plain; version=0.0.4");
  }

  private String contentTypeFor(String accept) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(endpoints.uri().resolve("/metrics"))
            .header("Accept", accept)
            .build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("ocellus_seen");
    return answer.headers().firstValue("Content-Type").orElseThrow();
  }

  @Test
  void isReadyOnlyOnceNothingSpeaksAgainstIt() throws Exception {
    assertThat(get("/health/ready").statusCode()).isEqualTo(503);
    assertThat(get("/health/ready").body()).contains("no model yet");

    whyNotReady.set(Optional.empty());

    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void isLiveUntilOnlyARestartHelps() throws Exception {
    assertThat(get("/health/live").statusCode()).isEqualTo(200);

    whyNotLive.set(Optional.of("the stream has given up"));

    assertThat(get("/health/live").statusCode()).isEqualTo(503);
    assertThat(get("/health/live").body()).contains("given up");
  }

  @Test
  void actionsTakePostOnly() throws Exception {
    assertThat(get("/retrain").statusCode()).isEqualTo(405);
    assertThat(get("/retrain").headers().firstValue("Allow")).contains("POST");
    assertThat(post("/retrain").statusCode()).isEqualTo(202);
    assertThat(post("/retrain").body()).contains("run requested");
  }

  @Test
  void nothingIsDoneForWhoeverDoesNotShowTheToken() throws Exception {
    for (String shown : List.of("", "Bearer", "Bearer open-sesam", "Basic open-sesame", "x")) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(endpoints.uri().resolve("/retrain"))
                  .header("Authorization", shown)
                  .POST(BodyPublishers.noBody())
                  .build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(shown).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
      assertThat(answer.body()).doesNotContain("sesame");
    }
  }

  @Test
  void aBodyThatNobodyNeedsIsRefused() throws Exception {
    HttpRequest large =
        HttpRequest.newBuilder(endpoints.uri().resolve("/retrain"))
            .POST(BodyPublishers.ofByteArray(new byte[9000]))
            .build();
    assertThat(client.send(large, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
  }

  @Test
  void aTokenThatNobodyChoseIsMadeUpOnceAndKeptForItsOwner(@TempDir Path folder) throws Exception {
    HttpToken first = HttpToken.of("", folder.resolve("state"));
    HttpToken second = HttpToken.of("", folder.resolve("state"));
    Path file = folder.resolve("state").resolve("http-token");
    String token = Files.readString(file).strip();

    assertThat(token).matches("[0-9a-f]{48}");
    assertThat(first.isShownBy("Bearer " + token)).isTrue();
    assertThat(second.isShownBy("bearer " + token)).isTrue();
    assertThat(first).hasToString("(hidden)");
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void aFailingActionAnswersWithoutDetails() throws Exception {
    HttpResponse<String> answer = post("/broken");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).doesNotContain("secret detail");
  }

  @Test
  void pathsBelowAnEndpointAreNotFound() throws Exception {
    assertThat(get("/metrics/else").statusCode()).isEqualTo(404);
    assertThat(get("/else").body()).contains("/ lists what there is");
  }

  @Test
  void theRootLinksToEverythingThatIsServed() throws Exception {
    HttpResponse<String> index = get("/");
    assertThat(index.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(index.body())
        .contains("<a href=\"/metrics\">", "<a href=\"/health/ready\">", "POST /retrain");
  }

  @Test
  void aTakenPortIsNamed() {
    int taken = endpoints.uri().getPort();

    assertThatThrownBy(() -> HttpEndpoints.at("127.0.0.1", taken).start())
        .hasMessageContaining("127.0.0.1:" + taken)
        .hasMessageContaining("http.port");
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(at(path)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(at(path))
            .header("Authorization", "Bearer open-sesame")
            .POST(BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }

  private URI at(String path) {
    return endpoints.uri().resolve(path);
  }
}
