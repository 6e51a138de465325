package io.ocellus.cli.options;

import io.ocellus.config.ConfigurationLoader;
import io.ocellus.config.Passthrough;
import io.ocellus.topic.BrokerReach;
import io.ocellus.topic.KafkaProperties;
import io.ocellus.topic.TopicAdmin;
import io.ocellus.topic.TopicSettings;
import io.ocellus.topic.Topics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * Where Kafka is, for commands that talk to it without being a service. What is not given comes
 * from the environment as it does for the services ({@code OCELLUS_KAFKA_…}, {@code
 * OCELLUS_TOPICS_…}), then from the defaults.
 */
public final class KafkaOptions {
  @Option(
      names = {"-b", "--bootstrap-servers"},
      paramLabel = "HOST:PORT",
      description = "Where Kafka is; localhost:9092 if nothing else is said.")
  private Optional<String> bootstrapServers = Optional.empty();

  @Option(
      names = "--kafka",
      paramLabel = "KEY=VALUE",
      description =
          "Any property of Kafka's clients, such as security.protocol=SSL; may be repeated.")
  private Map<String, String> kafka = new LinkedHashMap<>();

  @Option(
      names = "--prefix",
      paramLabel = "PREFIX",
      description = "What the topics' names begin with; ocellus if nothing else is said.")
  private Optional<String> prefix = Optional.empty();

  /** The part of a service's configuration that these options stand for. */
  record Connection(
      @Passthrough(byDefault = "bootstrap.servers=localhost:9092", help = "Kafka's clients.")
          Map<String, String> kafka,
      TopicSettings topics) {}

  /** The properties of Kafka's clients; a broker that cannot be reached is soon said to be. */
  public Map<String, String> properties() {
    return watched(connection(System.getenv()).kafka());
  }

  /** The same for a command that only asks: it gives up in seconds where Kafka does not answer. */
  public Map<String, String> impatientProperties() {
    return impatient(connection(System.getenv()).kafka());
  }

  /** The same of those properties. */
  public static Map<String, String> impatient(Map<String, String> kafka) {
    return TopicAdmin.impatient(watched(kafka));
  }

  private static Map<String, String> watched(Map<String, String> kafka) {
    KafkaProperties.check(kafka);
    BrokerReach.watch(kafka);
    return kafka;
  }

  /** How topics are created. */
  public TopicSettings topicSettings() {
    return connection(System.getenv()).topics();
  }

  /** The names of the topics. */
  public Topics topics() {
    return topicSettings().topics();
  }

  /** What was given on the command line, as settings of a service. */
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    kafka.forEach((key, value) -> settings.put("kafka." + key, value));
    bootstrapServers.ifPresent(value -> settings.put("kafka.bootstrap.servers", value));
    prefix.ifPresent(value -> settings.put("topics.prefix", value));
    return settings;
  }

  Connection connection(Map<String, String> environment) {
    return ConfigurationLoader.ofParts(Connection.class)
        .load(Optional.empty(), environment, settings());
  }
}
