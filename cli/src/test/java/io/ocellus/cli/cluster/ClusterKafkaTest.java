package io.ocellus.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.ocellus.inferencer.InferencerConfig;
import io.ocellus.topic.TopicSpec;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds what overlays say of Kafka, and of scaling on its lag, against what the services do. */
class ClusterKafkaTest {
  private static InferencerConfig inferencer(Overlay overlay) {
    return overlay.workloads().stream()
        .filter(w -> w.name().equals("inferencer"))
        .findFirst()
        .orElseThrow()
        .configuration(InferencerConfig.class);
  }

  @Test
  void strimziMakesTheTopicsThatTheServicesWouldMake() {
    List<KafkaTopic> topics = Overlay.STRIMZI.all(KafkaTopic.class);
    List<TopicSpec> specs = TopicSpec.of(inferencer(Overlay.STRIMZI).topics());

    assertThat(topics).hasSameSizeAs(specs);
    for (TopicSpec spec : specs) {
      var topic = Overlay.STRIMZI.one(KafkaTopic.class, spec.name()).getSpec();
      assertThat(topic.getPartitions()).as(spec.name()).isEqualTo(spec.partitions());
      assertThat(topic.getReplicas()).as(spec.name()).isEqualTo(spec.replicationFactor());
      Map<String, String> configs =
          topic.getConfig().entrySet().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().toString()));
      assertThat(configs).as(spec.name()).isEqualTo(spec.configs());
    }
  }

  @Test
  void strimziKafkaIsWhatTheServicesConnectTo() {
    Kafka kafka = Overlay.STRIMZI.all(Kafka.class).get(0);
    String cluster = kafka.getMetadata().getName();
    var listener = kafka.getSpec().getKafka().getListeners().get(0);
    assertThat(kafka.getSpec().getKafka().getListeners()).hasSize(1);
    assertThat(listener.isTls()).isTrue();
    assertThat(inferencer(Overlay.STRIMZI).kafka())
        .containsEntry("bootstrap.servers", cluster + "-kafka-bootstrap:" + listener.getPort())
        .containsEntry("security.protocol", "SSL");
    assertThat(Overlay.STRIMZI.all(KafkaNodePool.class).get(0).getSpec().getReplicas())
        .isGreaterThanOrEqualTo(inferencer(Overlay.STRIMZI).topics().replicationFactor());
    assertThat(Overlay.STRIMZI.objects())
        .filteredOn(o -> o.getApiVersion().startsWith("kafka.strimzi.io") && o != kafka)
        .allMatch(o -> cluster.equals(o.getMetadata().getLabels().get("strimzi.io/cluster")));
  }

  @Test
  void kedaScalesOnTheLagOfTheInferencersGroup() {
    ScaledObject.Spec scaled = Overlay.KEDA.all(ScaledObject.class).get(0).getSpec();
    InferencerConfig config = inferencer(Overlay.KEDA);

    Deployment target = Overlay.KEDA.one(Deployment.class, scaled.scaleTargetRef().name());
    assertThat(target.getSpec().getReplicas()).as("left to KEDA").isNull();
    assertThat(scaled.minReplicaCount()).isEqualTo(1);
    assertThat(scaled.maxReplicaCount()).isEqualTo(config.topics().partitions());
    assertThat(scaled.triggers())
        .singleElement()
        .returns("kafka", ScaledObject.Trigger::type)
        .extracting(ScaledObject.Trigger::metadata)
        .satisfies(
            trigger ->
                assertThat(trigger)
                    .containsEntry(
                        "consumerGroup",
                        InferencerConfig.applicationId(config.topics().topics(), config.model()))
                    .containsEntry("topic", config.topics().topics().images())
                    .containsEntry("bootstrapServers", config.kafka().get("bootstrap.servers")));
  }

  @Test
  void everyPodOfTheGpuOverlayHasOneGpu() {
    assertThat(Overlay.GPU.workloads())
        .hasSize(2)
        .allSatisfy(
            workload ->
                assertThat(workload.container().getResources().getLimits())
                    .containsEntry("nvidia.com/gpu", new Quantity("1")));
  }
}
