package io.ocellus.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.ocellus.cli.cluster.Egress.Destination;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What the pods of the services may connect to, and what not. */
class NetworkTest {
  private static final Destination CLUSTER_DNS =
      new Destination("kube-system", Map.of("k8s-app", "kube-dns"));

  @ParameterizedTest
  @EnumSource
  void namesAreLookedUpInTheClusterAndOnTheNode(Overlay overlay) {
    for (Workload workload : overlay.workloads()) {
      Egress egress = Egress.of(workload);
      for (Destination dns : List.of(CLUSTER_DNS, Destination.OUTSIDE)) {
        assertThat(egress.reaches(dns, 53, "UDP")).as("%s: %s", workload, dns).isTrue();
        assertThat(egress.reaches(dns, 53, "TCP")).as("%s: %s", workload, dns).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theKafkaOfTheConfigurationIsReached(Overlay overlay) {
    for (Workload workload : overlay.workloads()) {
      for (Address address : Address.ofKafka(workload)) {
        assertThat(Egress.of(workload).reaches(destination(overlay, address), address.port()))
            .as("%s connects to %s", workload, address)
            .isTrue();
      }
    }
  }

  private static Destination destination(Overlay overlay, Address address) {
    String kafka = address.service().replace("-kafka-bootstrap", "");
    return overlay.secrets().containsKey(kafka + "-cluster-ca-cert")
        ? new Destination(address.namespace(), Map.of("strimzi.io/cluster", kafka))
        : new Destination(address.namespace(), Map.of());
  }

  /** 9092 to 9098 and, at public endpoints, 9192 to 9198 are what providers listen at. */
  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_ALL, names = "CPU|GPU|KEDA|MANAGED")
  void aManagedKafkaIsReachedAtItsUsualPorts(Overlay overlay) {
    for (Workload workload : overlay.workloads()) {
      Egress egress = Egress.of(workload);
      assertThat(List.of(9092, 9093, 9094, 9096, 9098, 9194, 9196, 9198))
          .allMatch(port -> egress.reaches(Destination.OUTSIDE, port));
      assertThat(List.of(22, 80, 443, 6443, 8080, 10250))
          .noneMatch(port -> egress.reaches(Destination.OUTSIDE, port));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_ALL, names = ".*STRIMZI|NAMES")
  void withAKafkaOfItsOwnNoOtherIsReached(Overlay overlay) {
    for (Workload workload : overlay.workloads()) {
      Egress egress = Egress.of(workload);
      assertThat(List.of(9092, 9093, 9096)).noneMatch(p -> egress.reaches(Destination.OUTSIDE, p));
    }
  }

  @ParameterizedTest
  @EnumSource
  void tracesLeaveWhereTheComponentIs(Overlay overlay) {
    boolean component = overlay.find(NetworkPolicy.class, "otlp").isPresent();
    assertThat(component).isEqualTo(overlay == Overlay.MANAGED);
    for (Workload workload : overlay.workloads()) {
      Egress egress = Egress.of(workload);
      assertThat(egress.reaches(Destination.OUTSIDE, 4317)).isEqualTo(component);
      assertThat(egress.reaches(Destination.OUTSIDE, 4318)).isEqualTo(component);
    }
  }

  @ParameterizedTest
  @EnumSource
  void onlyMonitoringConnectsToThePods(Overlay overlay) {
    var ingress = overlay.one(NetworkPolicy.class, "ocellus").getSpec();
    assertThat(ingress.getPolicyTypes()).containsExactly("Ingress", "Egress");
    assertThat(ingress.getIngress())
        .singleElement()
        .satisfies(rule -> assertThat(rule.getFrom()).hasSize(1));
    assertThat(overlay.all(NetworkPolicy.class))
        .filteredOn(policy -> !policy.getSpec().getIngress().isEmpty())
        .hasSize(1);
  }
}
