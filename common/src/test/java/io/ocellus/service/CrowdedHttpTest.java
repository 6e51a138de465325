package io.ocellus.service;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kubernetes' probes give up after a second, and a service whose probes fail is killed: they are
 * answered whatever else comes to the port.
 */
@Timeout(120)
class CrowdedHttpTest {
  private static final int CLIENTS = 500;
  private static final int PROBES = 20;
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AtomicReference<Error> trouble = new AtomicReference<>();
  private final HttpEndpoints endpoints =
      HttpEndpoints.at("127.0.0.1", 0)
          .metrics(registry)
          .ready(this::whyNotReady)
          .post(
              "/retrain",
              HttpToken.of("open-sesame", Path.of("unused")),
              Optional::empty,
              () -> "run requested")
          .start();
  private final URI uri = endpoints.uri();

  private Optional<String> whyNotReady() {
    Error error = trouble.getAndSet(null);
    if (error != null) {
      throw error;
    }
    return Optional.empty();
  }

  @AfterEach
  void close() {
    endpoints.close();
  }

  @ParameterizedTest
  @EnumSource
  void healthAnswersWithinASecondInEveryCrowd(Crowd.Habit habit) throws Exception {
    for (int i = 0; i < 10_000; i++) {
      registry.counter("ocellus.seen", "device", "device-" + i).increment();
    }
    List<String> late = new ArrayList<>();
    try (Crowd crowd = new Crowd(CLIENTS, habit, uri)) {
      assertThat(crowd.size()).isEqualTo(CLIENTS);
      for (int i = 0; i < PROBES; i++) {
        String request =
            (i % 4 == 3 ? "HEAD" : "GET") + (i % 2 == 0 ? " /health/live" : " /health/ready");
        long began = System.nanoTime();
        String answer = ask(request);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        if (!answer.startsWith("HTTP/1.1 200") || took.compareTo(LONGEST) > 0) {
          late.add("%s: %s after %d ms".formatted(request, answer, took.toMillis()));
        }
        Thread.sleep(150);
      }
    }
    assertThat(late).isEmpty();
  }

  @Test
  void anEndlessRequestIsLetGoAfterFiveSeconds() throws Exception {
    try (Socket socket = connect()) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write("GET / HTTP/1.1\r\nX-Slow: ".getBytes(US_ASCII));
      long began = System.nanoTime();
      assertThat(isEnded(socket)).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(10));
    }
  }

  @Test
  void headIsGetWithoutTheBody() throws Exception {
    String head = ask("HEAD /health/live");
    assertThat(head).startsWith("HTTP/1.1 200").contains("Content-Length: 5").endsWith("\r\n\r\n");
    assertThat(ask("HEAD /metrics")).startsWith("HTTP/1.1 200").contains("Content-Length: ");
    assertThat(ask("HEAD /retrain")).startsWith("HTTP/1.1 405");
  }

  @Test
  void whatIsNoRequestLearnsNothing() throws Exception {
    for (String request : List.of("GET", "GET /\0", "GET /metrics HTTP/9.9\r\nX", "\r\n\r\nX")) {
      assertThat(ask(request)).doesNotContainIgnoringCase("jetty").doesNotContain("<", "xception");
    }
  }

  @Test
  void anErrorOfTheJvmEndsItsRequestAlone() throws Exception {
    for (Error error :
        List.of(new OutOfMemoryError("a test"), new StackOverflowError(), new LinkageError())) {
      for (int i = 0; i < 20; i++) {
        trouble.set(error);
        assertThat(ask("GET /health/ready")).startsWith("HTTP/1.1 500").doesNotContain("a test");
        assertThat(ask("GET /health/ready")).startsWith("HTTP/1.1 200");
      }
    }
  }

  @Test
  void metricsAreThereAgainWhenTheGreedyHaveGone() throws Exception {
    try (Crowd crowd = new Crowd(CLIENTS, Crowd.Habit.GREEDY, uri)) {
      assertThat(crowd.size()).isEqualTo(CLIENTS);
      assertThat(ask("GET /health/live")).startsWith("HTTP/1.1 200");
    }
    await().untilAsserted(() -> assertThat(ask("GET /metrics")).startsWith("HTTP/1.1 200"));
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), (int) LONGEST.toMillis());
    return socket;
  }

  /** The whole answer, or what went wrong. */
  private String ask(String request) {
    try (Socket socket = connect()) {
      socket.setSoTimeout((int) LONGEST.toMillis());
      String text = request + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(text.getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static boolean isEnded(Socket socket) {
    try {
      return socket.getInputStream().readAllBytes().length < 1000;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
