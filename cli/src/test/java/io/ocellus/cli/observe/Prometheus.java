package io.ocellus.cli.observe;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.ocellus.service.Json;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A real Prometheus on a free port, asked over its HTTP API. */
final class Prometheus implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final URI uri;

  /**
   * Starts it and waits until it answers.
   *
   * @param config its {@code prometheus.yml}
   * @param folder for its data and its log
   * @param options of the command line
   */
  Prometheus(Path config, Path folder, String... options) throws IOException {
    int port = freePort();
    this.uri = URI.create("http://127.0.0.1:" + port);
    List<String> command = new ArrayList<>(List.of("prometheus"));
    command.add("--config.file=" + config);
    command.add("--storage.tsdb.path=" + folder.resolve("data"));
    command.add("--web.listen-address=127.0.0.1:" + port);
    command.addAll(List.of(options));
    Path log = folder.resolve("prometheus.log");
    this.process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .until(() -> !process.isAlive() || query("1").path("status").asText().equals("success"));
    if (!process.isAlive()) {
      throw new IllegalStateException("Prometheus does not start: " + Files.readString(log));
    }
  }

  /** Whether that program can be run here. */
  static boolean installed(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** What the API answers: {@code status}, and {@code data} or {@code error}. */
  JsonNode api(String path) {
    HttpRequest request = HttpRequest.newBuilder(uri.resolve("/api/v1/" + path)).build();
    try {
      return Json.MAPPER.readTree(
          client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new UncheckedIOException("Prometheus does not answer " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The answer to a PromQL query now. */
  JsonNode query(String expression) {
    return api("query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
  }

  /** Its first sample. */
  double value(String expression) {
    return query(expression).at("/data/result/0/value/1").asDouble(Double.NaN);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
