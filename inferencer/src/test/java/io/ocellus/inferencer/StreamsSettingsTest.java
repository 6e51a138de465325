package io.ocellus.inferencer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocellus.config.ConfigurationLoader;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class StreamsSettingsTest {
  @Test
  void exactlyOnceAndTheClassicProtocolAreTheDefault() {
    assertThat(settings(Map.of()))
        .containsEntry("processing.guarantee", "exactly_once_v2")
        .containsEntry("group.protocol", "classic")
        .containsEntry("commit.interval.ms", 1000);
  }

  @Test
  void whatIsSetOfKafkaWinsButNotOverTheServicesOwnSettings() {
    assertThat(
            settings(
                Map.of(
                    "kafka.commit.interval.ms", "500",
                    "kafka.security.protocol", "SSL",
                    "kafka.application.id", "another")))
        .containsEntry("commit.interval.ms", "500")
        .containsEntry("security.protocol", "SSL")
        .containsEntry("application.id", "group");
  }

  @Test
  void theCacheHoldsWhatIsInFlightButNeverTheHeap() {
    Object small =
        settings(Map.of("image.max-bytes", "1000", "streams.slots", "8", "topics.partitions", "2"))
            .get("statestore.cache.max.bytes");
    assertThat(small).isEqualTo(16_000L);
    Object large = settings(Map.of()).get("statestore.cache.max.bytes");
    assertThat((Long) large).isLessThanOrEqualTo(Runtime.getRuntime().maxMemory() / 4);
  }

  @Test
  void consumersReadCommittedUnderEitherGuaranteeWhateverIsSet() {
    for (String guarantee : List.of("exactly_once_v2", "at_least_once")) {
      StreamsConfig config =
          new StreamsConfig(
              settings(
                  Map.of(
                      "streams.guarantee", guarantee,
                      "kafka.isolation.level", "read_uncommitted",
                      "kafka.restore.consumer.isolation.level", "read_uncommitted")));
      assertThat(config.getMainConsumerConfigs("group", "client", 1))
          .containsEntry("isolation.level", "read_committed");
      assertThat(config.getRestoreConsumerConfigs("client"))
          .containsEntry("isolation.level", "read_committed");
    }
  }

  @Test
  void tasksWaitForAThirdOfATransactionAtMost() {
    assertThat(transactionMillis(Map.of())).isEqualTo(60_000);
    assertThat(StreamsSettings.longestWait(config(Map.of()))).hasSeconds(20);
    Map<String, String> shorter = Map.of("kafka.transaction.timeout.ms", "6000");
    assertThat(transactionMillis(shorter)).isEqualTo(6000);
    assertThat(StreamsSettings.longestWait(config(shorter))).hasSeconds(2);
  }

  @Test
  void aLongCommitIntervalIsShorterThanATransaction() {
    Map<String, Object> long50 = settings(Map.of("kafka.commit.interval.ms", "50000"));
    assertThat(new StreamsConfig(long50).getLong("commit.interval.ms")).isEqualTo(50_000L);
  }

  @Test
  void kafkaStreamsTakesThem() {
    assertThat(new StreamsConfig(settings(Map.of())).getLong("poll.ms")).isEqualTo(5L);
    assertThat(
            new StreamsConfig(settings(Map.of("streams.group-protocol", "streams")))
                .getString("group.protocol"))
        .isEqualTo("streams");
  }

  private static int transactionMillis(Map<String, String> overrides) {
    Object millis =
        new StreamsConfig(settings(overrides))
            .getProducerConfigs("client")
            .get("transaction.timeout.ms");
    return Integer.parseInt(millis.toString());
  }

  private static Map<String, Object> settings(Map<String, String> overrides) {
    return StreamsSettings.of(config(overrides), "group", "client");
  }

  private static InferencerConfig config(Map<String, String> overrides) {
    return new ConfigurationLoader<>(InferencerConfig.class).load(overrides);
  }
}
