package io.ocellus.topic;

import io.ocellus.config.ConfigurationException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Holds what {@code kafka.*} sets against what Kafka's clients take, before any of them is made:
 * their own errors name a property without saying where it was set, and some come only when a
 * stream starts.
 */
public final class KafkaProperties {
  private static final String SERVERS = "bootstrap.servers";
  private static final Pattern SERVER = Pattern.compile("(?:.*://)?\\[?[\\w.%:-]+]?:(\\d{1,5})");
  private static final int LAST_PORT = 65_535;

  /** Properties for one kind of client alone, as Kafka Streams knows them. */
  private static final Map<String, ConfigDef> PREFIXES =
      Map.of(
          "consumer.", ConsumerConfig.configDef(),
          "main.consumer.", ConsumerConfig.configDef(),
          "restore.consumer.", ConsumerConfig.configDef(),
          "global.consumer.", ConsumerConfig.configDef(),
          "producer.", ProducerConfig.configDef(),
          "admin.", AdminClientConfig.configDef());

  private KafkaProperties() {}

  /**
   * Checks them all.
   *
   * @param others definitions of properties beside those of consumers, producers and admins
   * @throws ConfigurationException naming the first key whose value cannot be used
   */
  public static void check(Map<String, String> kafka, ConfigDef... others) {
    kafka.forEach((key, value) -> check(key, value, others));
    servers(kafka.getOrDefault(SERVERS, ""));
  }

  private static void check(String key, String value, ConfigDef... others) {
    for (ConfigDef definition : List.of(others)) {
      check(definition, "", key, value);
    }
    check(ConsumerConfig.configDef(), "", key, value);
    check(ProducerConfig.configDef(), "", key, value);
    check(AdminClientConfig.configDef(), "", key, value);
    PREFIXES.forEach(
        (prefix, definition) -> {
          if (key.startsWith(prefix)) {
            check(definition, prefix, key.substring(prefix.length()), value);
          }
        });
  }

  private static void check(ConfigDef definition, String prefix, String key, String value) {
    if (definition.configKeys().containsKey(key)) {
      List<String> errors = definition.validateAll(Map.of(key, value)).get(key).errorMessages();
      if (!errors.isEmpty()) {
        throw new ConfigurationException(
            "kafka.%s%s cannot be used: %s".formatted(prefix, key, errors.get(0)));
      }
    }
  }

  private static void servers(String servers) {
    for (String server : servers.split(",", -1)) {
      Matcher form = SERVER.matcher(server.strip());
      if (!form.matches() || Integer.parseInt(form.group(1)) > LAST_PORT) {
        throw new ConfigurationException(
            "kafka.bootstrap.servers must be a list such as kafka-1:9092,kafka-2:9092, not '%s'"
                .formatted(servers));
      }
    }
  }
}
