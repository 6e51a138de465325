package io.ocellus.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.ocellus.cli.cluster.TriggerAuthentication.SecretKey;
import io.ocellus.cli.topics.Role;
import io.ocellus.inferencer.InferencerConfig;
import io.ocellus.topic.TopicSpec;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Holds what overlays say of Kafka, and of scaling on its lag, against what the services do. */
class ClusterKafkaTest {
  private static final String STRIMZI = ".*STRIMZI|NAMES";
  private static final String KEDA = "KEDA.*|MANAGED|NAMES";

  private static InferencerConfig inferencer(Overlay overlay) {
    return overlay.workload("inferencer").configuration(InferencerConfig.class);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_ALL, names = STRIMZI)
  void strimziMakesTheTopicsThatTheServicesWouldMake(Overlay overlay) {
    List<KafkaTopic> topics = overlay.all(KafkaTopic.class);
    List<TopicSpec> specs = TopicSpec.of(inferencer(overlay).topics());

    assertThat(topics).hasSameSizeAs(specs);
    for (TopicSpec spec : specs) {
      var topic = overlay.one(KafkaTopic.class, spec.name()).getSpec();
      assertThat(topic.getPartitions()).as(spec.name()).isEqualTo(spec.partitions());
      assertThat(topic.getReplicas()).as(spec.name()).isEqualTo(spec.replicationFactor());
      Map<String, String> configs =
          topic.getConfig().entrySet().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().toString()));
      assertThat(configs).as(spec.name()).isEqualTo(spec.configs());
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_ALL, names = STRIMZI)
  void strimziKafkaIsWhatTheServicesConnectTo(Overlay overlay) {
    Kafka kafka = overlay.all(Kafka.class).get(0);
    String cluster = kafka.getMetadata().getName();
    assertThat(kafka.getSpec().getKafka().getListeners())
        .singleElement()
        .satisfies(listener -> assertThat(listener.isTls()).isTrue());
    assertThat(inferencer(overlay).kafka()).containsEntry("security.protocol", "SSL");
    assertThat(overlay.all(KafkaNodePool.class).get(0).getSpec().getReplicas())
        .isGreaterThanOrEqualTo(inferencer(overlay).topics().replicationFactor());
    assertThat(overlay.objects())
        .filteredOn(o -> o.getApiVersion().startsWith("kafka.strimzi.io") && o != kafka)
        .allMatch(o -> cluster.equals(o.getMetadata().getLabels().get("strimzi.io/cluster")));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_ALL, names = KEDA)
  void kedaScalesOnTheLagOfTheInferencersGroup(Overlay overlay) {
    ScaledObject.Spec scaled = overlay.all(ScaledObject.class).get(0).getSpec();
    InferencerConfig config = inferencer(overlay);

    Deployment target = overlay.one(Deployment.class, scaled.scaleTargetRef().name());
    assertThat(target.getSpec().getReplicas()).as("left to KEDA").isNull();
    assertThat(scaled.minReplicaCount()).isEqualTo(1);
    assertThat(scaled.maxReplicaCount()).isEqualTo(config.topics().partitions());
    assertThat(config.streams().applicationId()).as("the default, which KEDA is told").isEmpty();
    assertThat(trigger(overlay).type()).isEqualTo("kafka");
    assertThat(trigger(overlay).metadata())
        .containsEntry(
            "consumerGroup",
            InferencerConfig.applicationId(config.topics().topics(), config.model()))
        .containsEntry("topic", config.topics().topics().images());
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_ALL, names = KEDA)
  void kedaComesToStrimzisKafkaAsTheAutoscaler(Overlay overlay) {
    boolean strimzi = !overlay.all(Kafka.class).isEmpty();
    ScaledObject.Trigger trigger = trigger(overlay);
    assertThat(trigger.authenticationRef() != null).isEqualTo(strimzi);
    assertThat("enable".equals(trigger.metadata().get("tls"))).isEqualTo(strimzi);
    if (strimzi) {
      String cluster = overlay.all(Kafka.class).get(0).getMetadata().getName();
      String user = Role.AUTOSCALER.word();
      assertThat(overlay.one(TriggerAuthentication.class, trigger.authenticationRef().name()))
          .extracting(authentication -> authentication.getSpec().secretTargetRef())
          .asInstanceOf(InstanceOfAssertFactories.list(SecretKey.class))
          .containsExactlyInAnyOrder(
              new SecretKey("ca", cluster + "-cluster-ca-cert", "ca.crt"),
              new SecretKey("cert", user, "user.crt"),
              new SecretKey("key", user, "user.key"))
          .allMatch(key -> overlay.secrets().get(key.name()).contains(key.key()));
    }
  }

  private static ScaledObject.Trigger trigger(Overlay overlay) {
    List<ScaledObject> scaled = overlay.all(ScaledObject.class);
    assertThat(scaled).hasSize(1);
    assertThat(scaled.get(0).getSpec().triggers()).hasSize(1);
    return scaled.get(0).getSpec().triggers().get(0);
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
