package io.ocellus.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A heap that is full for some seconds ends threads wherever they happen to ask for memory. */
@Timeout(90)
class FullHeapTest {
  private static final Duration FULL = Duration.ofSeconds(4);
  private static final int[] SIZES = {1 << 20, 1 << 16, 1 << 10, 16};

  /** The process: serves, fills its heap for a while, and goes on to serve. */
  public static void main(String... arguments) throws IOException {
    try (HttpEndpoints endpoints = HttpEndpoints.at("127.0.0.1", 0).start()) {
      System.out.println(endpoints.uri().getPort());
      System.in.read();
      fill(System.nanoTime() + FULL.toNanos());
      System.out.println("free again");
      System.in.read();
    }
  }

  private static void fill(long end) {
    Object[] chain = null;
    while (System.nanoTime() < end) {
      for (int size : SIZES) {
        try {
          while (System.nanoTime() < end) {
            chain = new Object[] {chain, new byte[size]};
          }
        } catch (OutOfMemoryError e) {
          // full of pieces of this size; smaller ones may fit in
        }
      }
    }
  }

  @Test
  void thePortAnswersAgainWhenTheHeapIsFreeAgain() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"),
                "-cp",
                System.getProperty("java.class.path"),
                FullHeapTest.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      int port = Integer.parseInt(out.readLine());
      assertThat(HttpListener.answers("127.0.0.1", port)).isTrue();

      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
      askWhile(out, port);

      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(allAnswered(port)).isTrue());
    } finally {
      process.destroy();
    }
  }

  private static void askWhile(Reader silent, int port) throws Exception {
    while (!silent.ready()) {
      HttpListener.answers("127.0.0.1", port);
    }
  }

  private static boolean allAnswered(int port) {
    return IntStream.range(0, 10).allMatch(i -> HttpListener.answers("127.0.0.1", port));
  }
}
