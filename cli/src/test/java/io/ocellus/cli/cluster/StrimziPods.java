package io.ocellus.cli.cluster;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.strimzi.api.kafka.model.common.template.ContainerTemplate;
import io.strimzi.api.kafka.model.common.template.PodTemplate;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.kafka.KafkaClusterTemplate;
import io.strimzi.api.kafka.model.kafka.Storage;
import io.strimzi.api.kafka.model.kafka.entityoperator.EntityOperatorTemplate;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.plugin.security.profiles.ContainerSecurityProviderContext;
import io.strimzi.plugin.security.profiles.PodSecurityProvider;
import io.strimzi.plugin.security.profiles.PodSecurityProviderContext;
import io.strimzi.plugin.security.profiles.impl.BaselinePodSecurityProvider;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Pods that Strimzi's operator makes for a Kafka, as far as their security goes. What a template
 * leaves open is what the provider of an operator with default settings says.
 */
final class StrimziPods {
  private static final PodSecurityProvider DEFAULT = new BaselinePodSecurityProvider();

  private StrimziPods() {}

  /** By what they are for. */
  static Map<String, PodSpec> of(Overlay overlay) {
    Map<String, PodSpec> pods = new LinkedHashMap<>();
    for (Kafka kafka : overlay.all(Kafka.class)) {
      requireNoOtherParts(kafka);
      overlay
          .all(KafkaNodePool.class)
          .forEach(pool -> pods.put(pool.getMetadata().getName(), brokers(kafka, pool)));
      pods.put("entity operator", operators(kafka));
    }
    return pods;
  }

  /** Each of them would be a pod or a container more, with a template of its own. */
  private static void requireNoOtherParts(Kafka kafka) {
    var spec = kafka.getSpec();
    if (spec.getCruiseControl() != null
        || spec.getKafkaExporter() != null
        || spec.getKafka().getRack() != null) {
      throw new AssertionError("StrimziPods knows nothing of this part of " + spec);
    }
  }

  /** A pool's own template goes before that of all. */
  static PodSpec brokers(Kafka kafka, KafkaNodePool pool) {
    KafkaClusterTemplate all =
        Objects.requireNonNullElseGet(
            kafka.getSpec().getKafka().getTemplate(), KafkaClusterTemplate::new);
    var own = Optional.ofNullable(pool.getSpec().getTemplate());
    PodTemplate pod = own.isPresent() ? own.get().getPod() : all.getPod();
    ContainerTemplate container =
        own.isPresent() ? own.get().getKafkaContainer() : all.getKafkaContainer();
    Storage storage = pool.getSpec().getStorage();
    return pod(
        DEFAULT.kafkaPodSecurityContext(new Pod(storage, context(pod), null)),
        Map.of(
            "kafka", context(DEFAULT.kafkaContainerSecurityContext(new Of(storage, container)))));
  }

  private static PodSpec operators(Kafka kafka) {
    EntityOperatorTemplate template =
        Objects.requireNonNullElseGet(
            kafka.getSpec().getEntityOperator().getTemplate(), EntityOperatorTemplate::new);
    return pod(
        DEFAULT.entityOperatorPodSecurityContext(new Pod(null, context(template.getPod()), null)),
        Map.of(
            "topic operator",
            context(
                DEFAULT.entityTopicOperatorContainerSecurityContext(
                    new Of(null, template.getTopicOperatorContainer()))),
            "user operator",
            context(
                DEFAULT.entityUserOperatorContainerSecurityContext(
                    new Of(null, template.getUserOperatorContainer())))));
  }

  private static PodSpec pod(
      PodSecurityContext context, Map<String, Optional<SecurityContext>> containers) {
    PodSpecBuilder pod = new PodSpecBuilder().withSecurityContext(context);
    containers.forEach(
        (name, own) ->
            pod.addToContainers(
                new ContainerBuilder()
                    .withName(name)
                    .withSecurityContext(own.orElse(null))
                    .build()));
    return pod.build();
  }

  private static Optional<SecurityContext> context(SecurityContext context) {
    return Optional.ofNullable(context);
  }

  private static PodSecurityContext context(PodTemplate template) {
    return template == null ? null : template.getSecurityContext();
  }

  /** What the operator tells its provider of a pod. */
  private record Pod(
      Storage storage,
      PodSecurityContext userSuppliedSecurityContext,
      Boolean userSuppliedHostUsers)
      implements PodSecurityProviderContext {}

  /** What the operator tells its provider of a container. */
  private record Of(Storage storage, ContainerTemplate template)
      implements ContainerSecurityProviderContext {
    @Override
    public SecurityContext userSuppliedSecurityContext() {
      return template == null ? null : template.getSecurityContext();
    }
  }
}
