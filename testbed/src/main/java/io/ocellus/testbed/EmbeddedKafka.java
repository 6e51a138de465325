package io.ocellus.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker inside this JVM, for the demo and for tests: one node that is broker and
 * controller, reachable from this machine alone. It can be stopped and started again on the same
 * port with the same data, which is how tests take the broker away from running services.
 */
public final class EmbeddedKafka implements Broker {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);

  private final Ports ports;
  private final Path logDir;
  private final boolean temporary;
  private final Optional<SecuredListener> secured;
  private KafkaRaftServer server;

  private EmbeddedKafka(
      Ports ports, Path logDir, boolean temporary, Optional<SecuredListener> secured) {
    this.ports = ports;
    this.logDir = logDir;
    this.temporary = temporary;
    this.secured = secured;
  }

  /** A fresh broker on a free port; its data goes when it is closed. */
  public static EmbeddedKafka start() {
    return started(0, temporaryFolder(), true, Optional.empty());
  }

  /** The same, for clients that prove who they are; what they may do its ACLs say. */
  public static EmbeddedKafka start(SecuredListener secured) {
    return started(0, temporaryFolder(), true, Optional.of(secured));
  }

  /**
   * A broker on that port over the data in that folder, both kept.
   *
   * @param port 0 takes a free one
   * @param logDir formatted where it is empty, continued where a broker has left it
   */
  public static EmbeddedKafka start(int port, Path logDir) {
    return started(port, logDir, false, Optional.empty());
  }

  private static EmbeddedKafka started(
      int port, Path logDir, boolean temporary, Optional<SecuredListener> secured) {
    EmbeddedKafka kafka = new EmbeddedKafka(Ports.free(port), logDir, temporary, secured);
    kafka.restart();
    return kafka;
  }

  @Override
  public String bootstrapServers() {
    return "127.0.0.1:" + ports.clients();
  }

  @Override
  public synchronized void stop() {
    if (server != null) {
      server.shutdown();
      server = null;
      LOG.info("Embedded Kafka on {} stopped", bootstrapServers());
    }
  }

  @Override
  public synchronized void restart() {
    stop();
    EmbeddedKafkaConfig.format(
        logDir, secured.map(SecuredListener::scramCredentials).orElse(List.of()));
    KafkaRaftServer starting =
        new KafkaRaftServer(
            KafkaConfig.fromProps(EmbeddedKafkaConfig.of(ports, logDir, secured)), Time.SYSTEM);
    try {
      starting.startup();
    } catch (RuntimeException e) {
      starting.shutdown();
      throw new IllegalStateException(
          "The embedded Kafka broker could not start on %s (is the port taken?): %s"
              .formatted(bootstrapServers(), e.getMessage()),
          e);
    }
    server = starting;
    LOG.info("Embedded Kafka listens on {}, data in {}", bootstrapServers(), logDir);
  }

  /** Stops the broker, and deletes its data unless the folder was given. */
  @Override
  public synchronized void close() {
    stop();
    if (temporary) {
      delete(logDir);
    }
  }

  private static void delete(Path folder) {
    try {
      Utils.delete(folder.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException("Could not delete " + folder, e);
    }
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("ocellus-kafka-");
    } catch (IOException e) {
      throw new UncheckedIOException("No temporary folder for the embedded Kafka broker", e);
    }
  }
}
