package io.ocellus.testbed;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.utils.AppInfoParser;
import org.testcontainers.kafka.KafkaContainer;

/**
 * Apache Kafka's public image, of the version of the clients, through Testcontainers. Those are at
 * hand in tests with Maven's profile {@code docker} alone, and nothing else refers to this class.
 */
final class ContainerKafka implements Broker {
  private static final int PORT = 9092;

  private final KafkaContainer container;
  private final String bootstrapServers;

  private ContainerKafka(KafkaContainer container) {
    this.container = container;
    this.bootstrapServers = container.getBootstrapServers();
  }

  /** A fresh one, on a port that it keeps when it is started again. */
  @SuppressWarnings("resource")
  static ContainerKafka begin() {
    KafkaContainer container = new KafkaContainer("apache/kafka:" + AppInfoParser.getVersion());
    EmbeddedKafkaConfig.SINGLE_NODE.forEach(
        (key, value) -> container.withEnv(variable(key), value));
    container.setPortBindings(List.of("%d:%d".formatted(Ports.free(0).clients(), PORT)));
    container.start();
    return new ContainerKafka(container);
  }

  /** The image takes a broker's property from the variable of its name. */
  private static String variable(String property) {
    return "KAFKA_" + property.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  @Override
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Kills it, which is worse than {@link EmbeddedKafka} can do. */
  @Override
  public void stop() {
    if (container.isRunning()) {
      container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
    }
  }

  @Override
  public void restart() {
    stop();
    container.getDockerClient().startContainerCmd(container.getContainerId()).exec();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin.describeCluster().nodes().get();
    } catch (Exception e) {
      throw new IllegalStateException(
          "Kafka's container does not answer at " + bootstrapServers, e);
    }
  }

  @Override
  public void close() {
    container.stop();
  }
}
