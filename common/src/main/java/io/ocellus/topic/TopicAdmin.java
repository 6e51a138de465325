package io.ocellus.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the product's topics and says what is wrong with those that exist. */
public final class TopicAdmin implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TopicAdmin.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

  private final Admin admin;
  private final String address;

  /**
   * @param kafka properties of Kafka's clients
   */
  public TopicAdmin(Map<String, String> kafka) {
    KafkaProperties.check(kafka);
    this.admin = Admin.create(new HashMap<>(kafka));
    this.address = kafka.getOrDefault("bootstrap.servers", "(no bootstrap.servers)");
  }

  /**
   * Creates those that are missing, for a service: waits for as long as Kafka does not answer.
   *
   * @param then is asked of Kafka next
   * @throws TopicException where Kafka refuses, or where the thread is interrupted
   */
  public static void ensureOnceReached(
      Map<String, String> kafka, List<TopicSpec> specs, Consumer<TopicAdmin> then) {
    try (TopicAdmin admin = new TopicAdmin(kafka)) {
      while (true) {
        try {
          admin.ensure(specs);
          then.accept(admin);
          return;
        } catch (TopicException e) {
          if (!(e.getCause() instanceof TimeoutException)) {
            throw e;
          }
          log.warn("{}; trying again", e.getMessage());
        }
      }
    }
  }

  /** Those properties for whoever gives up in seconds where Kafka does not answer. */
  public static Map<String, String> impatient(Map<String, String> kafka) {
    Map<String, String> properties = new LinkedHashMap<>(kafka);
    properties.putIfAbsent("default.api.timeout.ms", "10000");
    properties.putIfAbsent("request.timeout.ms", "5000");
    return properties;
  }

  /**
   * Creates those that are missing, leaves the others as they are, and returns when every partition
   * of all of them can be written: an idempotent producer's first record to a partition that has no
   * leader yet can hang for two minutes (KAFKA-15591).
   *
   * @return the names of those that were missing
   * @throws TopicException where Kafka refuses, or gives no leader within half a minute
   */
  public List<String> ensure(List<TopicSpec> specs) {
    Set<String> present = names();
    List<TopicSpec> missing =
        specs.stream().filter(spec -> !present.contains(spec.name())).toList();
    missing.forEach(this::create);
    awaitWritable(specs.stream().map(TopicSpec::name).toList());
    return missing.stream().map(TopicSpec::name).toList();
  }

  /**
   * Grants what those ACLs say; what is granted already stays as it is.
   *
   * @throws TopicException where Kafka refuses
   */
  public void grant(Collection<AclBinding> acls) {
    get(admin.createAcls(acls).all(), "grant the rights");
  }

  /** One sentence for each thing that is missing or wrong; empty where all is well. */
  public List<String> problems(List<TopicSpec> specs) {
    Set<String> present = names();
    List<TopicSpec> existing =
        specs.stream().filter(spec -> present.contains(spec.name())).toList();
    List<String> names = existing.stream().map(TopicSpec::name).toList();
    Map<String, TopicDescription> descriptions =
        get(admin.describeTopics(names).allTopicNames(), "describe its topics");
    Map<ConfigResource, Config> configs =
        get(
            admin.describeConfigs(names.stream().map(TopicAdmin::resource).toList()).all(),
            "describe its topics' configuration");
    List<String> problems = new ArrayList<>();
    specs.stream()
        .filter(spec -> !present.contains(spec.name()))
        .forEach(spec -> problems.add("Topic %s is missing.".formatted(spec.name())));
    for (TopicSpec spec : existing) {
      problems.addAll(
          TopicReview.problems(
              spec, descriptions.get(spec.name()), configs.get(resource(spec.name()))));
    }
    return problems;
  }

  /** How many partitions each of those topics has; what does not exist is not in it. */
  public Map<String, Integer> partitions(Collection<String> topics) {
    Map<String, Integer> partitions = new HashMap<>();
    admin
        .describeTopics(topics)
        .topicNameValues()
        .forEach(
            (name, description) -> {
              try {
                partitions.put(
                    name, get(description, "describe topic " + name).partitions().size());
              } catch (TopicException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                  throw e;
                }
              }
            });
    return partitions;
  }

  /**
   * Adds partitions to a topic until it has so many.
   *
   * @throws TopicException where Kafka refuses
   */
  public void grow(String topic, int partitions) {
    get(
        admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions))).all(),
        "grow topic %s to %d partitions".formatted(topic, partitions));
    awaitWritable(List.of(topic));
  }

  /**
   * What Kafka answers to a question of any other kind.
   *
   * @param what it is to do, for the error: "Kafka at … did not …"
   * @throws TopicException where Kafka refuses; its cause is Kafka's exception
   */
  public <T> T ask(Function<Admin, KafkaFuture<T>> question, String what) {
    return get(question.apply(admin), what);
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(5));
  }

  private Set<String> names() {
    return get(admin.listTopics().names(), "list its topics");
  }

  private void create(TopicSpec spec) {
    NewTopic topic =
        new NewTopic(spec.name(), spec.partitions(), (short) spec.replicationFactor())
            .configs(spec.configs());
    try {
      get(admin.createTopics(List.of(topic)).all(), "create topic " + spec.name());
    } catch (TopicException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  private void awaitWritable(List<String> names) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        Map<String, TopicDescription> topics =
            get(admin.describeTopics(names).allTopicNames(), "describe its topics");
        Map<TopicPartition, OffsetSpec> ends =
            topics.values().stream()
                .flatMap(TopicAdmin::partitions)
                .collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest()));
        get(admin.listOffsets(ends).all(), "give the offsets of its topics");
        return;
      } catch (TopicException e) {
        if (!(e.getCause() instanceof RetriableException) || System.nanoTime() > deadline) {
          throw e;
        }
        pause();
      }
    }
  }

  private static Stream<TopicPartition> partitions(TopicDescription topic) {
    return IntStream.range(0, topic.partitions().size())
        .mapToObj(partition -> new TopicPartition(topic.name(), partition));
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }

  private <T> T get(KafkaFuture<T> future, String what) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new TopicException(
          "Kafka at %s did not %s: %s".formatted(address, what, KafkaFault.message(e.getCause())),
          e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TopicException("Interrupted while Kafka was to " + what, e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_TRIES.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TopicException("Interrupted while topics were created", e);
    }
  }
}
