package io.ocellus.cli.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.ocellus.cli.CommandProcess;
import io.ocellus.testbed.EmbeddedKafka;
import io.ocellus.testbed.SecuredListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What commands and services say of a broker that is away, or of something that is none. */
@Timeout(120)
class DeadBrokerIT {
  private static final Pattern WARNING = Pattern.compile("(?m)^.* (?:WARN|ERROR) .*$");
  private static final int TERMINATED = 143;

  @TempDir Path folder;

  @Test
  void aServiceSaysOnceThatTheBrokerIsAwayAndStopsAtOnce() throws Exception {
    String nobody = "127.0.0.1:" + freePort();
    for (String service : List.of("inferencer", "trainer")) {
      try (CommandProcess process = service(service, nobody)) {
        awaitText(process, "broker is away", nobody + ") cannot be used for");
        TimeUnit.SECONDS.sleep(10);

        assertThat(warnings(process))
            .singleElement()
            .asString()
            .contains("kafka.bootstrap.servers", nobody, "Connection refused", "Still trying");
        long began = System.nanoTime();
        process.process().destroy();
        assertThat(process.await()).as(process.text()).isEqualTo(TERMINATED);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
        assertThat(process.text()).doesNotContain("ocellus: ");
      }
    }
  }

  @Test
  void aServiceWaitsForABrokerThatComesLaterAndSaysWhenOneGoesAndComesAgain() throws Exception {
    int port = freePort();
    try (CommandProcess process = service("inferencer", "127.0.0.1:" + port)) {
      awaitText(process, "no broker yet", "cannot be used for");
      try (EmbeddedKafka kafka = EmbeddedKafka.start(port, folder.resolve("kafka"))) {
        awaitText(process, "broker came", "answers again after");
        awaitText(process, "service went on", "waits for its first checkpoint");
        kafka.stop();
        await()
            .atMost(Duration.ofSeconds(15))
            .until(() -> count(process.text(), "cannot be used for") == 2);
        TimeUnit.SECONDS.sleep(5);
        kafka.restart();
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> count(process.text(), "answers again after") == 2);
      }
      assertThat(process.text()).doesNotContain("NetworkClient");
    }
  }

  @Test
  void aCommandFailsInSecondsAndSaysWhatToLookAt() throws Exception {
    String nobody = "127.0.0.1:" + freePort();
    for (String[] command :
        List.of(
            new String[] {"topics", "check", "-b", nobody},
            new String[] {"models", "list", "-b", nobody},
            new String[] {"devices", "-b", nobody})) {
      try (CommandProcess process = command(command)) {
        assertThat(process.process().waitFor(25, TimeUnit.SECONDS)).as(process.text()).isTrue();
        assertThat(process.process().exitValue()).isEqualTo(1);
        assertThat(warnings(process)).as(process.text()).hasSize(1);
        assertThat(errors(process))
            .singleElement()
            .asString()
            .contains(nobody, "check kafka.bootstrap.servers");
      }
    }
  }

  @Test
  void aHostThatNobodyKnowsIsAnErrorThatNamesIt() throws Exception {
    assertFails("no-such-host.invalid:9092", Map.of(), "no-such-host.invalid", "resolved");
  }

  @Test
  void anHttpServerIsNoBroker() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    try {
      String address = "127.0.0.1:" + server.getAddress().getPort();
      assertFails(address, Map.of(), address, "HTTP server");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void tlsOnOneSideOnlyIsAnErrorThatNamesTheSetting() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      assertFails(
          kafka.bootstrapServers(),
          Map.of("security.protocol", "SSL"),
          "without TLS",
          "kafka.security.protocol to PLAINTEXT");
    }
    SecuredListener tls = SecuredListener.mutualTls(folder, "reader");
    try (EmbeddedKafka kafka = EmbeddedKafka.start(tls)) {
      assertFails(
          kafka.bootstrapServers(), Map.of(), "speaks TLS", "kafka.security.protocol to SSL");
    }
  }

  @Test
  void aWrongPasswordIsAnErrorThatNamesTheSetting() throws Exception {
    SecuredListener scram = SecuredListener.scram(folder, "reader");
    try (EmbeddedKafka kafka = EmbeddedKafka.start(scram)) {
      Map<String, String> client = new java.util.HashMap<>(scram.client("reader"));
      client.computeIfPresent(
          "sasl.jaas.config", (key, jaas) -> jaas.replaceFirst("password=\"", "password=\"x"));
      assertFails(kafka.bootstrapServers(), client, "Authentication failed", "sasl.jaas.config");
    }
  }

  /** Of a command, and of a service. */
  private void assertFails(String servers, Map<String, String> kafka, String... words)
      throws Exception {
    List<String> options = new ArrayList<>();
    kafka.forEach((key, value) -> options.addAll(List.of("--kafka", key + "=" + value)));
    for (List<String> words0 : List.of(List.of("models", "list"), List.of("inferencer"))) {
      List<String> arguments = new ArrayList<>(words0);
      arguments.addAll(List.of("-b", servers));
      arguments.addAll(options);
      if (words0.contains("inferencer")) {
        arguments.addAll(settings("inferencer"));
      }
      try (CommandProcess process = command(arguments.toArray(String[]::new))) {
        assertThat(process.process().waitFor(25, TimeUnit.SECONDS)).as(process.text()).isTrue();
        assertThat(process.process().exitValue()).as(process.text()).isEqualTo(1);
        assertThat(errors(process)).singleElement().asString().contains(words);
      }
    }
  }

  private CommandProcess service(String name, String servers) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(name, "-b", servers));
    arguments.addAll(settings(name));
    return command(arguments.toArray(String[]::new));
  }

  private List<String> settings(String service) {
    return List.of(
        "--set", "http.port=0",
        "--set", "image.max-pixels=1_000_000",
        "--set", "topics.replication-factor=1",
        "--set", "state-dir=" + folder.resolve(service));
  }

  private CommandProcess command(String... arguments) throws IOException {
    Path configuration = folder.resolve("logback.xml");
    Files.copy(
        Path.of("src/main/resources/logback.xml"),
        configuration,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    return CommandProcess.start(
        folder, List.of("-Dlogback.configurationFile=" + configuration), Map.of(), arguments);
  }

  private static void awaitText(CommandProcess process, String what, String text) {
    await(what).atMost(Duration.ofSeconds(20)).until(() -> process.text().contains(text));
  }

  private static List<String> warnings(CommandProcess process) {
    return WARNING.matcher(process.text()).results().map(found -> found.group()).toList();
  }

  private static List<String> errors(CommandProcess process) {
    try (Stream<String> lines = process.text().lines()) {
      return lines.filter(line -> line.startsWith("ocellus: ")).toList();
    }
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
