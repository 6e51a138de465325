package io.ocellus.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Clients that begin a request and never end it, and one that sends headers without end. In a
 * process of its own, because the JDK reads the limits once in each.
 */
@Timeout(60)
class SlowClientsTest {
  private static final int CLIENTS = 20;

  /** The process: serves until its input ends. */
  public static void main(String... arguments) throws IOException {
    try (HttpEndpoints endpoints = HttpEndpoints.at("127.0.0.1", 0).start()) {
      System.out.println(endpoints.uri());
      System.in.read();
    }
  }

  @Test
  void slowClientsAreLetGoAndTheOthersServed() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SlowClientsTest.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<Socket> slow = new ArrayList<>();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      URI uri = URI.create(out.readLine());
      for (int i = 0; i < CLIENTS; i++) {
        slow.add(begin(uri, "GET /health/live HTTP/1.1\r\nHost: x\r\nX-Slow: "));
      }
      assertThat(status(uri)).isEqualTo(200);
      for (Socket socket : slow) {
        assertThat(ended(socket)).isTrue();
      }
      try (Socket endless = begin(uri, "GET / HTTP/1.1\r\nX: " + "x".repeat(100_000))) {
        assertThat(ended(endless)).isTrue();
      }
      assertThat(status(uri)).isEqualTo(200);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
      process.destroy();
    }
  }

  private static Socket begin(URI uri, String request) throws IOException {
    Socket socket = new Socket(uri.getHost(), uri.getPort());
    socket.setSoTimeout(30_000);
    socket.getOutputStream().write(request.getBytes(UTF_8));
    socket.getOutputStream().flush();
    return socket;
  }

  /** Whether the server closes the connection; a socket timeout is an error. */
  private static boolean ended(Socket socket) {
    try {
      return socket.getInputStream().readAllBytes().length < 1000;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static int status(URI uri) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri.resolve("/health/live")).timeout(Duration.ofSeconds(20)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }
}
