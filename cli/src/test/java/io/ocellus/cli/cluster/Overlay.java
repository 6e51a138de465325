package io.ocellus.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The overlays of {@code k8s/overlays} and two that somebody could make on top, as {@code kubectl
 * kustomize} builds them.
 */
enum Overlay {
  CPU("../k8s/overlays/cpu"),
  GPU("../k8s/overlays/gpu"),
  KEDA("../k8s/overlays/keda"),
  STRIMZI("../k8s/overlays/strimzi"),
  KEDA_STRIMZI("../k8s/overlays/keda-strimzi"),
  MANAGED("src/test/k8s/managed"),
  NAMES("src/test/k8s/names");

  private static final Map<Overlay, List<HasMetadata>> BUILT = new EnumMap<>(Overlay.class);

  private final String folder;

  Overlay(String folder) {
    this.folder = folder;
  }

  /** All objects of the overlay; the test is skipped where there is no {@code kubectl}. */
  List<HasMetadata> objects() {
    assumeThat(kubectlIsHere()).as("kubectl, which builds the overlays, is in the PATH").isTrue();
    synchronized (BUILT) {
      return BUILT.computeIfAbsent(this, overlay -> StrictApi.parse(overlay.build()));
    }
  }

  /** Those of one type. */
  <T extends HasMetadata> List<T> all(Class<T> type) {
    return objects().stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** The one of that type and name. */
  <T extends HasMetadata> T one(Class<T> type, String name) {
    return find(type, name)
        .orElseThrow(
            () ->
                new AssertionError("%s has no %s %s".formatted(this, type.getSimpleName(), name)));
  }

  <T extends HasMetadata> Optional<T> find(Class<T> type, String name) {
    return all(type).stream().filter(o -> o.getMetadata().getName().equals(name)).findFirst();
  }

  /** What runs pods. */
  List<Workload> workloads() {
    Stream<Workload> deployments = all(Deployment.class).stream().map(d -> new Workload(this, d));
    Stream<Workload> sets = all(StatefulSet.class).stream().map(s -> new Workload(this, s));
    return Stream.concat(deployments, sets).toList();
  }

  /** The one that runs the pods of that service. */
  Workload workload(String name) {
    return workloads().stream().filter(w -> w.name().equals(name)).findFirst().orElseThrow();
  }

  private String build() {
    try {
      Path errors = Files.createTempFile("kustomize", ".log");
      Process process =
          new ProcessBuilder("kubectl", "kustomize", folder).redirectError(errors.toFile()).start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
      Files.delete(errors);
      return text;
    } catch (IOException e) {
      throw new AssertionError("kubectl cannot be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static boolean kubectlIsHere() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
  }

  /** Names of all Secrets that the overlay's own objects bring about, with their keys. */
  Map<String, List<String>> secrets() {
    Map<String, List<String>> secrets = new HashMap<>();
    List<String> user = List.of("ca.crt", "user.crt", "user.key", "user.p12", "user.password");
    all(KafkaUser.class).forEach(u -> secrets.put(u.getMetadata().getName(), user));
    List<String> ca = List.of("ca.crt", "ca.p12", "ca.password");
    all(Kafka.class).forEach(k -> secrets.put(k.getMetadata().getName() + "-cluster-ca-cert", ca));
    return secrets;
  }
}
