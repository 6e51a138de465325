package io.ocellus.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.ocellus.inferencer.InferencerConfig;
import io.ocellus.service.HttpEndpoints;
import io.ocellus.trainer.TrainerConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the manifests against the types of their APIs and against what the services declare. */
class KubernetesTest {
  @ParameterizedTest
  @EnumSource
  void buildsAndEveryObjectIsOfItsApiType(Overlay overlay) {
    assertThat(overlay.objects()).isNotEmpty();
    assertThat(overlay.workloads())
        .extracting(Workload::name)
        .containsExactlyInAnyOrder("inferencer", "trainer");
  }

  @ParameterizedTest
  @EnumSource
  void theInferencerUnderstandsItsEnvironment(Overlay overlay) {
    Workload inferencer = overlay.workload("inferencer");
    InferencerConfig config = inferencer.configuration(InferencerConfig.class);

    listens(inferencer, config.http().host(), config.http().port());
    keepsItsState(inferencer, config.stateDir());
    assertThat(inferencer.pod().getTerminationGracePeriodSeconds())
        .as("%s may drain before it is killed", inferencer)
        .isGreaterThanOrEqualTo(config.streams().shutdownGrace().toSeconds() + 10);
  }

  @ParameterizedTest
  @EnumSource
  void theTrainerUnderstandsItsEnvironment(Overlay overlay) {
    Workload trainer = overlay.workload("trainer");
    TrainerConfig config = trainer.configuration(TrainerConfig.class);

    listens(trainer, config.http().host(), config.http().port());
    keepsItsState(trainer, config.stateDir());
    assertThat(config.topics())
        .isEqualTo(overlay.workload("inferencer").configuration(InferencerConfig.class).topics());
  }

  @ParameterizedTest
  @EnumSource
  void thereIsOneTrainerAndItsImagesOutliveIt(Overlay overlay) {
    StatefulSet trainer = overlay.one(StatefulSet.class, "trainer");
    assertThat(trainer.getSpec().getReplicas()).isEqualTo(1);
    assertThat(trainer.getSpec().getVolumeClaimTemplates())
        .extracting(claim -> claim.getMetadata().getName())
        .contains("state");
  }

  @ParameterizedTest
  @EnumSource
  void probesAndScrapersAskForWhatIsServed(Overlay overlay) throws Exception {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (HttpEndpoints served =
        HttpEndpoints.at("127.0.0.1", 0).metrics(registry).ready(Optional::empty).start()) {
      for (Workload workload : overlay.workloads()) {
        Container container = workload.container();
        int http = container.getPorts().get(0).getContainerPort();
        for (Probe probe :
            List.of(
                container.getStartupProbe(),
                container.getLivenessProbe(),
                container.getReadinessProbe())) {
          HTTPGetAction get = probe.getHttpGet();
          assertThat(workload.port(get.getPort())).isEqualTo(http);
          assertThat(status(served, get.getPath())).as("%s: %s", workload, get).isEqualTo(200);
        }
        Map<String, String> annotations = workload.pods().getMetadata().getAnnotations();
        assertThat(annotations).containsEntry("prometheus.io/port", Integer.toString(http));
        assertThat(status(served, annotations.get("prometheus.io/path"))).isEqualTo(200);
      }
    }
  }

  /** Without a model no pod is ready, however well everything goes. */
  @ParameterizedTest
  @EnumSource
  void aRolloutThatWaitsForTheFirstTrainingHasNotFailed(Overlay overlay) {
    Integer deadline =
        overlay.one(Deployment.class, "inferencer").getSpec().getProgressDeadlineSeconds();

    assertThat(deadline).as("600 s where nothing is said").isNotNull();
    assertThat(Duration.ofSeconds(deadline)).isGreaterThanOrEqualTo(Duration.ofDays(1));
  }

  @ParameterizedTest
  @EnumSource
  void podsKnowNothingOfTheCluster(Overlay overlay) {
    for (Workload workload : overlay.workloads()) {
      var pod = workload.pod();
      assertThat(pod.getAutomountServiceAccountToken()).isFalse();
      assertThat(pod.getEnableServiceLinks()).isFalse();
      assertThat(overlay.one(ServiceAccount.class, pod.getServiceAccountName()))
          .returns(false, ServiceAccount::getAutomountServiceAccountToken);
      assertThat(workload.container().getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void limitsAreRequestsAndSufficeForTheHeap(Overlay overlay) {
    for (Workload workload : overlay.workloads()) {
      Map<String, Quantity> limits = workload.container().getResources().getLimits();
      assertThat(limits).containsKeys("cpu", "memory");
      ShippedHeap.requireSuffices(Quantity.getAmountInBytes(limits.get("memory")).longValue());
      assertThat(workload.container().getResources().getRequests())
          .containsEntry("cpu", limits.get("cpu"))
          .containsEntry("memory", limits.get("memory"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void selectorsFindTheirPods(Overlay overlay) {
    for (Workload workload : overlay.workloads()) {
      assertThat(workload.selectedBy(workload.selector().getMatchLabels())).isTrue();
      Service service = overlay.one(Service.class, workload.name());
      assertThat(workload.selectedBy(service.getSpec().getSelector())).isTrue();
      service
          .getSpec()
          .getPorts()
          .forEach(p -> assertThat(workload.port(p.getTargetPort())).isEqualTo(p.getPort()));
    }
    Workload inferencer = overlay.workload("inferencer");
    PodDisruptionBudget budget = overlay.one(PodDisruptionBudget.class, "inferencer");
    assertThat(inferencer.selectedBy(budget.getSpec().getSelector().getMatchLabels())).isTrue();
    assertThat(inferencer.pod().getTopologySpreadConstraints())
        .hasSize(2)
        .allMatch(spread -> inferencer.selectedBy(spread.getLabelSelector().getMatchLabels()));
  }

  @ParameterizedTest
  @EnumSource
  void secretsComeFromTheOverlayOrMayBeMissing(Overlay overlay) {
    Map<String, List<String>> secrets = overlay.secrets();
    for (Workload workload : overlay.workloads()) {
      assertThat(workload.container().getEnvFrom())
          .filteredOn(source -> source.getSecretRef() != null)
          .extracting(EnvFromSource::getSecretRef)
          .allMatch(ref -> ref.getOptional() || secrets.containsKey(ref.getName()));
      workload.container().getEnv().stream()
          .map(variable -> variable.getValueFrom().getSecretKeyRef())
          .forEach(ref -> assertThat(secrets.get(ref.getName())).contains(ref.getKey()));
      workload.pod().getVolumes().stream()
          .map(Volume::getSecret)
          .filter(secret -> secret != null && !Boolean.TRUE.equals(secret.getOptional()))
          .forEach(
              secret ->
                  assertThat(secrets.get(secret.getSecretName()))
                      .containsAll(secret.getItems().stream().map(i -> i.getKey()).toList()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void settingsThatAreFilesPointIntoMounts(Overlay overlay) {
    for (Workload workload : overlay.workloads()) {
      List<String> mounts =
          workload.container().getVolumeMounts().stream().map(m -> m.getMountPath()).toList();
      assertThat(workload.environment().values().stream().filter(value -> value.startsWith("/")))
          .allMatch(file -> mounts.stream().anyMatch(mount -> Path.of(file).startsWith(mount)));
      assertThat(workload.container().getVolumeMounts())
          .extracting(mount -> mount.getName())
          .isSubsetOf(
              Stream.concat(
                      workload.pod().getVolumes().stream().map(Volume::getName), Stream.of("state"))
                  .toList());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRollingUpdateLeavesOwnersForThePartitions(Overlay overlay) {
    Deployment inferencer = overlay.one(Deployment.class, "inferencer");
    var rolling = inferencer.getSpec().getStrategy().getRollingUpdate();
    int unavailable = rolling.getMaxUnavailable().getIntVal();
    assertThat(unavailable + rolling.getMaxSurge().getIntVal()).isEqualTo(1);
    if (unavailable > 0) {
      assertThat(inferencer.getSpec().getReplicas()).isGreaterThan(unavailable);
    }
  }

  private static void listens(Workload workload, String host, int port) {
    assertThat(host).as("%s is reached from other pods", workload).isEqualTo("0.0.0.0");
    assertThat(workload.container().getPorts())
        .extracting(p -> p.getContainerPort())
        .containsExactly(port);
  }

  private static void keepsItsState(Workload workload, Path stateDir) {
    assertThat(workload.writable())
        .as("%s keeps its state in %s", workload, stateDir)
        .anyMatch(mount -> stateDir.startsWith(mount));
  }

  private static int status(HttpEndpoints served, String path) throws Exception {
    URI uri = served.uri().resolve(path);
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }
}
