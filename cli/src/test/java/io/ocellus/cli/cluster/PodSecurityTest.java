package io.ocellus.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.strimzi.api.kafka.model.kafka.KafkaBuilder;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePoolBuilder;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every pod may start in a namespace that enforces the restricted profile. */
class PodSecurityTest {
  @ParameterizedTest
  @EnumSource
  void everyPodIsLetIntoItsNamespace(Overlay overlay) {
    assertThat(overlay.all(Namespace.class))
        .singleElement()
        .satisfies(
            namespace ->
                assertThat(namespace.getMetadata().getLabels())
                    .containsEntry("pod-security.kubernetes.io/enforce", "restricted"));
    Map<String, PodSpec> pods = new HashMap<>(StrimziPods.of(overlay));
    overlay.workloads().forEach(workload -> pods.put(workload.name(), workload.pod()));

    pods.forEach((name, pod) -> assertThat(PodSecurity.violations(pod)).as(name).isEmpty());
  }

  @Test
  void aKafkaWithoutTemplatesWouldBeRefused() {
    var kafka = new KafkaBuilder().withNewSpec().withNewKafka().endKafka().endSpec().build();
    var pool = new KafkaNodePoolBuilder().withNewSpec().endSpec().build();

    assertThat(PodSecurity.violations(StrimziPods.brokers(kafka, pool)))
        .containsExactly(
            "kafka: allowPrivilegeEscalation",
            "kafka: runAsNonRoot",
            "kafka: seccompProfile",
            "kafka: capabilities are not dropped");
  }
}
