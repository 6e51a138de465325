package io.ocellus.cli.cluster;

import io.ocellus.inferencer.InferencerConfig;
import io.ocellus.trainer.TrainerConfig;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A host and a port, with the host as the cluster's DNS resolves it for a pod: {@code kafka} is a
 * service of the pod's own namespace, {@code kafka.ocellus.svc} the same for all.
 *
 * @param service name of a service, or the whole host where it is outside of the cluster
 * @param namespace of the service; empty where it is outside
 */
record Address(String service, String namespace, int port) {
  /** A list as {@code bootstrap.servers} has it, looked up from a pod of that namespace. */
  static List<Address> list(String servers, String from) {
    return Stream.of(servers.split(",", -1)).map(server -> of(server.strip(), from)).toList();
  }

  private static Address of(String server, String from) {
    int colon = server.lastIndexOf(':');
    int port = Integer.parseInt(server.substring(colon + 1));
    String host = server.substring(0, colon);
    String name = host.replaceFirst("(\\.svc)?(\\.cluster\\.local)?$", "");
    List<String> labels = Stream.of(name.split("\\.", -1)).toList();
    return switch (labels.size()) {
      case 1 -> new Address(name, from, port);
      case 2 -> new Address(labels.get(0), labels.get(1), port);
      default -> new Address(host, "", port);
    };
  }

  /** Those at which a service looks for Kafka. */
  static List<Address> ofKafka(Workload workload) {
    Map<String, String> kafka =
        workload.name().equals("trainer")
            ? workload.configuration(TrainerConfig.class).kafka()
            : workload.configuration(InferencerConfig.class).kafka();
    return list(kafka.get("bootstrap.servers"), workload.object().getMetadata().getNamespace());
  }
}
