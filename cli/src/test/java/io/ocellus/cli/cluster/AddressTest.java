package io.ocellus.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocellus.cli.cluster.ScaledObject.Trigger;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.kafka.listener.GenericKafkaListener;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every address leads to one Kafka, whoever looks it up and wherever. */
class AddressTest {
  /** Where KEDA's operator runs, which asks Kafka for the lag. */
  private static final String KEDA = "keda";

  @ParameterizedTest
  @EnumSource
  void servicesAndAutoscalerFindTheSameKafka(Overlay overlay) {
    List<Address> kafka = Address.ofKafka(overlay.workload("inferencer"));

    assertThat(Address.ofKafka(overlay.workload("trainer"))).isEqualTo(kafka);
    for (ScaledObject scaled : overlay.all(ScaledObject.class)) {
      assertThat(scaled.getSpec().triggers())
          .extracting(Trigger::metadata)
          .allSatisfy(
              trigger ->
                  assertThat(Address.list(trigger.get("bootstrapServers"), KEDA)).isEqualTo(kafka));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aKafkaOfStrimziIsWhereTheServicesLookForIt(Overlay overlay) {
    for (Kafka kafka : overlay.all(Kafka.class)) {
      Address bootstrap =
          new Address(
              kafka.getMetadata().getName() + "-kafka-bootstrap",
              kafka.getMetadata().getNamespace(),
              kafka.getSpec().getKafka().getListeners().stream()
                  .map(GenericKafkaListener::getPort)
                  .reduce((one, other) -> -1)
                  .orElseThrow());
      assertThat(Address.ofKafka(overlay.workload("inferencer"))).containsExactly(bootstrap);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "kafka:9092, kafka, keda",
    "kafka.ocellus.svc:9092, kafka, ocellus",
    "kafka.ocellus.svc.cluster.local:9092, kafka, ocellus",
    "broker-1.example.com:9092, broker-1.example.com, ''"
  })
  void aShortNameIsOneOfTheNamespaceThatAsks(String server, String service, String namespace) {
    assertThat(Address.list(server, KEDA)).containsExactly(new Address(service, namespace, 9092));
  }

  @Test
  void brokersAreTakenOneByOne() {
    assertThat(Address.list("a.example.com:1, b.example.com:2", KEDA))
        .containsExactly(new Address("a.example.com", "", 1), new Address("b.example.com", "", 2));
  }
}
