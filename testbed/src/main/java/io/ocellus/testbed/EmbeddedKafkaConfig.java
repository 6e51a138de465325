package io.ocellus.testbed;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * How the embedded broker is set up: production features, one replica of everything, little memory,
 * no waiting where a cluster would wait for its peers.
 */
final class EmbeddedKafkaConfig {
  private static final int NODE = 1;
  private static final String CONTROLLER = "CONTROLLER";

  /** What differs from a broker's defaults where one is all there are, for tests. */
  static final Map<String, String> SINGLE_NODE =
      Map.ofEntries(
          Map.entry("auto.create.topics.enable", "false"),
          Map.entry("offsets.topic.replication.factor", "1"),
          Map.entry("offsets.topic.num.partitions", "1"),
          Map.entry("transaction.state.log.replication.factor", "1"),
          Map.entry("transaction.state.log.min.isr", "1"),
          Map.entry("transaction.state.log.num.partitions", "1"),
          Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"),
          Map.entry("share.coordinator.state.topic.replication.factor", "1"),
          Map.entry("share.coordinator.state.topic.min.isr", "1"),
          Map.entry("share.coordinator.state.topic.num.partitions", "1"),
          Map.entry("group.initial.rebalance.delay.ms", "0"),
          Map.entry("group.min.session.timeout.ms", "1000"),
          Map.entry("group.streams.initial.rebalance.delay.ms", "0"),
          Map.entry("group.streams.min.session.timeout.ms", "1000"),
          Map.entry("group.streams.min.heartbeat.interval.ms", "200"),
          Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
          Map.entry("num.io.threads", "4"),
          Map.entry("num.network.threads", "2"),
          Map.entry("metric.reporters", ""));

  private EmbeddedKafkaConfig() {}

  /** The broker's properties. */
  static Properties of(Ports ports, Path logDir, Optional<SecuredListener> secured) {
    Properties properties = new Properties();
    properties.putAll(SINGLE_NODE);
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", Integer.toString(NODE));
    properties.put("controller.listener.names", CONTROLLER);
    properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    String clients = "PLAINTEXT://127.0.0.1:" + ports.clients();
    if (secured.isPresent()) {
      properties.putAll(secured.get().broker());
      clients =
          "%s://127.0.0.1:%d,%s://127.0.0.1:%d"
              .formatted(
                  SecuredListener.CLIENTS,
                  ports.clients(),
                  SecuredListener.INTERNAL,
                  ports.internal());
    }
    properties.put(
        "listeners", "%s,%s://127.0.0.1:%d".formatted(clients, CONTROLLER, ports.controller()));
    properties.put("advertised.listeners", clients);
    properties.put(
        "controller.quorum.voters", "%d@127.0.0.1:%d".formatted(NODE, ports.controller()));
    properties.put("log.dirs", logDir.toAbsolutePath().toString());
    return properties;
  }

  /** Prepares an empty folder for a broker; leaves one alone that a broker has used. */
  static void format(Path logDir, List<String> scramCredentials) {
    if (Files.exists(logDir.resolve("meta.properties"))) {
      return;
    }
    Formatter formatter =
        new Formatter()
            .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
            .setNodeId(NODE)
            .setClusterId(Uuid.randomUuid().toString())
            .addDirectory(logDir.toAbsolutePath().toString())
            .setMetadataLogDirectory(logDir.toAbsolutePath().toString())
            .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
            .setControllerListenerName(CONTROLLER)
            .setScramArguments(scramCredentials)
            .setPrintStream(
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    try {
      Files.createDirectories(logDir);
      formatter.run();
    } catch (Exception e) {
      throw new IllegalStateException("Could not format %s for a broker".formatted(logDir), e);
    }
  }
}
