package io.ocellus.inferencer;

import io.ocellus.config.ConfigurationException;
import io.ocellus.topic.TopicAdmin;
import io.ocellus.topic.TopicException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.StreamsGroupDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * The consumer group of the stream, which Kafka Streams names by its {@code application.id}. Its
 * members share the partitions of the images topic, so that all of them must serve the same model
 * and read the same topic.
 */
final class ConsumerGroup {
  /** What the group was called by default in version 0.1, whatever the prefix and the model. */
  static final String OF_VERSION_0_1 = "ocellus-inferencer";

  /** Client ids of the stream threads' consumers, as {@link #clientId} makes Kafka name them. */
  private static final Pattern OWN_CLIENT =
      Pattern.compile("(ocellus-inferencer-.+)-[0-9a-f]{8}-StreamThread-\\d+-consumer");

  private static final int SUFFIX = 8;

  private final String given;
  private final String identity;
  private final String images;

  ConsumerGroup(InferencerConfig config) {
    this.given = config.streams().applicationId();
    this.identity = InferencerConfig.applicationId(config.topics().topics(), config.model());
    this.images = config.topics().topics().images();
  }

  /** A client id that tells others which model is served, and of which topics. */
  String clientId() {
    return identity + "-" + UUID.randomUUID().toString().substring(0, SUFFIX);
  }

  /**
   * Its name: the setting, else the default.
   *
   * @throws ConfigurationException where an inferencer of version 0.1, which called its group the
   *     same whatever it served, has left positions in the images topic: only the operator knows
   *     whether this one is its successor
   */
  String name(TopicAdmin admin) {
    if (!given.isEmpty()) {
      return given;
    }
    if (!hasPositions(admin, identity) && hasPositions(admin, OF_VERSION_0_1)) {
      throw new ConfigurationException(
          "streams.application-id: consumer group %s of version 0.1 has positions in %s. Set streams.application-id=%s to go on where it was, or streams.application-id=%s to begin at the start of the topic, such as for another model"
              .formatted(OF_VERSION_0_1, images, OF_VERSION_0_1, identity));
    }
    return identity;
  }

  /**
   * Makes sure that nobody is in it who serves another model or reads another topic.
   *
   * @throws ConfigurationException naming such a member
   */
  void requireNoStranger(TopicAdmin admin) {
    stranger(admin, name(admin))
        .ifPresent(
            problem -> {
              throw new ConfigurationException(problem);
            });
  }

  /** What is wrong with the members of that group; empty where all is well. */
  Optional<String> stranger(TopicAdmin admin, String name) {
    return members(admin, name)
        .filter(this::isStranger)
        .findFirst()
        .map(
            member ->
                "streams.application-id: consumer group %s has a member of another model or other topics (%s at %s, reading %s). Its members share the images, so that each would get a part of the other's. Set another streams.application-id, or stop that one"
                    .formatted(
                        name,
                        member.clientId(),
                        member.host(),
                        member.topics().isEmpty() ? "nothing yet" : member.topics()));
  }

  private boolean isStranger(Member member) {
    Matcher own = OWN_CLIENT.matcher(member.clientId());
    boolean otherModel = own.matches() && !own.group(1).equals(identity);
    return otherModel || !Set.of(images).containsAll(member.topics());
  }

  /** One stream thread. */
  private record Member(String clientId, String host, Set<String> topics) {}

  private static Stream<Member> members(TopicAdmin admin, String name) {
    List<String> names = List.of(name);
    String what = "describe consumer group " + name;
    return Stream.concat(
        orNothing(() -> admin.ask(a -> a.describeConsumerGroups(names).all(), what))
            .flatMap(ConsumerGroup::ofConsumers),
        orNothing(() -> admin.ask(a -> a.describeStreamsGroups(names).all(), what))
            .flatMap(ConsumerGroup::ofStreams));
  }

  private static Stream<Member> ofConsumers(ConsumerGroupDescription group) {
    return group.members().stream()
        .map(
            member ->
                new Member(
                    member.clientId(),
                    member.host(),
                    member.assignment().topicPartitions().stream()
                        .map(TopicPartition::topic)
                        .collect(Collectors.toSet())));
  }

  private static Stream<Member> ofStreams(StreamsGroupDescription group) {
    Set<String> topics =
        group.subtopologies().stream()
            .flatMap(part -> part.sourceTopics().stream())
            .collect(Collectors.toSet());
    return group.members().stream()
        .map(member -> new Member(member.clientId(), member.clientHost(), topics));
  }

  private boolean hasPositions(TopicAdmin admin, String name) {
    return orNothing(
            () ->
                admin.ask(
                    a -> a.listConsumerGroupOffsets(name).all(),
                    "give the positions of consumer group " + name))
        .flatMap(positions -> positions.entrySet().stream())
        .anyMatch(
            position ->
                position.getKey().topic().equals(images) && Objects.nonNull(position.getValue()));
  }

  /** A group that does not exist, is of the other kind, or may not be seen, has nothing. */
  private static <T> Stream<T> orNothing(Supplier<Map<String, T>> question) {
    try {
      Collection<T> answers = question.get().values();
      return answers.stream();
    } catch (TopicException e) {
      if (e.getCause() instanceof GroupIdNotFoundException
          || e.getCause() instanceof GroupAuthorizationException
          || e.getCause() instanceof UnsupportedVersionException) {
        return Stream.empty();
      }
      throw e;
    }
  }
}
