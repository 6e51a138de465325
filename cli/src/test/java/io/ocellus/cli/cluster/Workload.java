package io.ocellus.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.ocellus.config.ConfigurationLoader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What runs the pods of one service, with the one container that each has. */
record Workload(Overlay overlay, HasMetadata object, LabelSelector selector, PodTemplateSpec pods) {
  Workload(Overlay overlay, Deployment d) {
    this(overlay, d, d.getSpec().getSelector(), d.getSpec().getTemplate());
  }

  Workload(Overlay overlay, StatefulSet s) {
    this(overlay, s, s.getSpec().getSelector(), s.getSpec().getTemplate());
  }

  /** Also that of its service. */
  String name() {
    return object.getMetadata().getName();
  }

  PodSpec pod() {
    return pods.getSpec();
  }

  Container container() {
    assertThat(pod().getContainers()).hasSize(1);
    return pod().getContainers().get(0);
  }

  /** The configuration with which the service would start. */
  <T extends Record> T configuration(Class<T> type) {
    return new ConfigurationLoader<>(type).load(Optional.empty(), environment(), Map.of());
  }

  /** What the container's environment would be; secrets with a stand-in for a value. */
  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    for (EnvFromSource source : container().getEnvFrom()) {
      if (source.getConfigMapRef() != null) {
        String name = source.getConfigMapRef().getName();
        environment.putAll(overlay.one(ConfigMap.class, name).getData());
      }
    }
    for (EnvVar variable : container().getEnv()) {
      String value = variable.getValue() == null ? "secret" : variable.getValue();
      environment.put(variable.getName(), value);
    }
    return environment;
  }

  /** The number behind the name of a port. */
  int port(IntOrString port) {
    if (port.getIntVal() != null) {
      return port.getIntVal();
    }
    return container().getPorts().stream()
        .filter(p -> p.getName().equals(port.getStrVal()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("%s has no port %s".formatted(name(), port)))
        .getContainerPort();
  }

  /** Folders that can be written to. */
  List<String> writable() {
    return container().getVolumeMounts().stream()
        .filter(m -> !Boolean.TRUE.equals(m.getReadOnly()))
        .map(m -> m.getMountPath())
        .toList();
  }

  boolean selectedBy(Map<String, String> labels) {
    return pods.getMetadata().getLabels().entrySet().containsAll(labels.entrySet());
  }

  @Override
  public String toString() {
    return overlay + " " + name();
  }
}
