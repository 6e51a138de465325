package io.ocellus.testbed;

import com.github.dockerjava.api.model.ContainerNetwork;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.AppInfoParser;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.lifecycle.Startables;

/**
 * Three brokers of Kafka's public image, of which one may be lost: clients reach each on a port of
 * this machine, its peers on a network of their own. For tests with Maven's profile {@code docker}.
 */
public final class BrokerCluster implements AutoCloseable {
  private static final int SIZE = 3;
  private static final int CLIENTS = 9092;
  private static final String SAFE = Integer.toString(SIZE);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Network peers = Network.newNetwork();
  private final List<Node> nodes;

  private BrokerCluster() {
    nodes =
        IntStream.rangeClosed(1, SIZE)
            .mapToObj(id -> new Node(id, Ports.free(0).clients(), peers))
            .toList();
  }

  /** Three fresh ones that know each other. */
  public static BrokerCluster start() {
    BrokerCluster cluster = new BrokerCluster();
    Startables.deepStart(cluster.nodes).join();
    return cluster;
  }

  /** What clients connect to. */
  public String bootstrapServers() {
    return nodes.stream().map(node -> "localhost:" + node.port).collect(Collectors.joining(","));
  }

  /** Kills one. */
  public void kill(int id) {
    Node node = nodes.get(id - 1);
    node.getDockerClient().killContainerCmd(node.getContainerId()).exec();
  }

  /** Starts one again that was killed. */
  public void revive(int id) {
    Node node = nodes.get(id - 1);
    node.getDockerClient().startContainerCmd(node.getContainerId()).exec();
  }

  /** Takes one away from its peers; clients still reach it. */
  public void isolate(int id) {
    Node node = nodes.get(id - 1);
    node.getDockerClient()
        .disconnectFromNetworkCmd()
        .withNetworkId(peers.getId())
        .withContainerId(node.getContainerId())
        .exec();
  }

  /** Brings one back that was taken away. */
  public void rejoin(int id) {
    Node node = nodes.get(id - 1);
    node.join(node.getContainerId());
  }

  @Override
  public void close() {
    nodes.forEach(GenericContainer::stop);
    peers.close();
  }

  private static final class Node extends GenericContainer<Node> {
    private final int id;
    private final int port;
    private final Network peers;

    Node(int id, int port, Network peers) {
      super("apache/kafka:" + AppInfoParser.getVersion());
      this.id = id;
      this.port = port;
      this.peers = peers;
      setPortBindings(List.of("%d:%d".formatted(port, CLIENTS)));
      withExposedPorts(CLIENTS);
      withEnv(environment(id, port));
      waitingFor(
          Wait.forLogMessage(".*Transitioning from RECOVERY to RUNNING.*", 1)
              .withStartupTimeout(PATIENCE));
    }

    /** Peers meet in a network beside that of the clients' port, so that each may fail alone. */
    @Override
    protected void containerIsCreated(String containerId) {
      join(containerId);
    }

    private void join(String containerId) {
      getDockerClient()
          .connectToNetworkCmd()
          .withNetworkId(peers.getId())
          .withContainerId(containerId)
          .withContainerNetwork(new ContainerNetwork().withAliases("kafka-" + id))
          .exec();
    }

    private static Map<String, String> environment(int id, int port) {
      String voters =
          IntStream.rangeClosed(1, SIZE)
              .mapToObj(i -> "%d@kafka-%d:9094".formatted(i, i))
              .collect(Collectors.joining(","));
      return Map.ofEntries(
          Map.entry("CLUSTER_ID", "4L6g3nShT-eMCtK--X86sw"),
          Map.entry("KAFKA_NODE_ID", Integer.toString(id)),
          Map.entry("KAFKA_PROCESS_ROLES", "broker,controller"),
          Map.entry("KAFKA_CONTROLLER_QUORUM_VOTERS", voters),
          Map.entry("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER"),
          Map.entry("KAFKA_INTER_BROKER_LISTENER_NAME", "PEERS"),
          Map.entry(
              "KAFKA_LISTENERS",
              "CLIENTS://0.0.0.0:%d,PEERS://0.0.0.0:9093,CONTROLLER://0.0.0.0:9094"
                  .formatted(CLIENTS)),
          Map.entry(
              "KAFKA_ADVERTISED_LISTENERS",
              "CLIENTS://localhost:%d,PEERS://kafka-%d:9093".formatted(port, id)),
          Map.entry(
              "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP",
              "CLIENTS:PLAINTEXT,PEERS:PLAINTEXT,CONTROLLER:PLAINTEXT"),
          Map.entry("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false"),
          Map.entry("KAFKA_DEFAULT_REPLICATION_FACTOR", SAFE),
          Map.entry("KAFKA_MIN_INSYNC_REPLICAS", "2"),
          Map.entry("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", SAFE),
          Map.entry("KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "3"),
          Map.entry("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", SAFE),
          Map.entry("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "2"),
          Map.entry("KAFKA_TRANSACTION_STATE_LOG_NUM_PARTITIONS", "3"),
          Map.entry("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR", SAFE),
          Map.entry("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0"),
          Map.entry("KAFKA_HEAP_OPTS", "-Xmx384m"));
    }
  }
}
