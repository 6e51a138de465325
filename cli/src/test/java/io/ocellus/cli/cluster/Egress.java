package io.ocellus.cli.cluster;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Where the pods of a workload may connect to: the policies that select them add up. */
record Egress(String namespace, List<NetworkPolicyEgressRule> rules) {
  private static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

  /**
   * What is connected to.
   *
   * @param namespace of a pod; empty for what is no pod
   * @param labels of a pod
   */
  record Destination(String namespace, Map<String, String> labels) {
    static final Destination OUTSIDE = new Destination("", Map.of());
  }

  static Egress of(Workload workload) {
    Map<String, String> labels = workload.pods().getMetadata().getLabels();
    List<NetworkPolicy> policies =
        workload.overlay().all(NetworkPolicy.class).stream()
            .filter(policy -> policy.getSpec().getPolicyTypes().contains("Egress"))
            .filter(policy -> matches(policy.getSpec().getPodSelector(), labels))
            .toList();
    if (policies.isEmpty()) {
      throw new AssertionError("No policy bounds what %s connects to".formatted(workload));
    }
    return new Egress(
        workload.object().getMetadata().getNamespace(),
        policies.stream().flatMap(policy -> policy.getSpec().getEgress().stream()).toList());
  }

  boolean reaches(Destination destination, int port) {
    return reaches(destination, port, "TCP");
  }

  boolean reaches(Destination destination, int port, String protocol) {
    return rules.stream()
        .filter(rule -> rule.getTo().isEmpty() || anyOf(rule.getTo(), destination))
        .flatMap(rule -> rule.getPorts().stream())
        .filter(range -> Objects.requireNonNullElse(range.getProtocol(), "TCP").equals(protocol))
        .anyMatch(range -> covers(range, port));
  }

  private static boolean covers(NetworkPolicyPort range, int port) {
    int first = range.getPort().getIntVal();
    int last = Objects.requireNonNullElse(range.getEndPort(), first);
    return first <= port && port <= last;
  }

  private boolean anyOf(List<NetworkPolicyPeer> peers, Destination destination) {
    return peers.stream().anyMatch(peer -> is(peer, destination));
  }

  private boolean is(NetworkPolicyPeer peer, Destination destination) {
    if (peer.getIpBlock() != null) {
      throw new AssertionError("Blocks of addresses are not understood here: " + peer);
    }
    boolean there =
        peer.getNamespaceSelector() == null
            ? destination.namespace().equals(namespace)
            : matches(peer.getNamespaceSelector(), Map.of(NAMESPACE_NAME, destination.namespace()));
    return there
        && (peer.getPodSelector() == null || matches(peer.getPodSelector(), destination.labels()));
  }

  private static boolean matches(LabelSelector selector, Map<String, String> labels) {
    Map<String, String> exact = Objects.requireNonNullElse(selector.getMatchLabels(), Map.of());
    return labels.entrySet().containsAll(exact.entrySet())
        && selector.getMatchExpressions().stream().allMatch(each -> matches(each, labels));
  }

  private static boolean matches(LabelSelectorRequirement one, Map<String, String> labels) {
    if (!one.getOperator().equals("In")) {
      throw new AssertionError("Not understood here: " + one);
    }
    return one.getValues().contains(labels.get(one.getKey()));
  }
}
