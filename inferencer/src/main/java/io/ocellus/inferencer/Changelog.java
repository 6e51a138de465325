package io.ocellus.inferencer;

import io.ocellus.inferencer.classify.ClassifyTopology;
import io.ocellus.topic.TopicAdmin;
import io.ocellus.topic.TopicException;
import io.ocellus.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topic that rings are restored from. Kafka Streams creates it with as many partitions as the
 * images topic has, and its threads die where that has more of them later (or fewer, having been
 * made anew). The ring of partition p lies in partition p of both, so that partitions can be added
 * to the changelog: they begin empty and the others keep what they hold.
 */
public final class Changelog {
  private static final Logger log = LoggerFactory.getLogger(Changelog.class);

  private final String name;
  private final String images;

  /**
   * @param applicationId of the inferencers, as {@code streams.application-id} says
   */
  public Changelog(Topics topics, String applicationId) {
    this.name = ClassifyTopology.changelog(applicationId);
    this.images = topics.images();
  }

  /**
   * Adds the partitions that it lacks, if there is one yet.
   *
   * @throws TopicException with the command that mends it, where it cannot be mended from here
   */
  void follow(TopicAdmin admin) {
    Optional<Difference> difference = difference(admin);
    if (difference.isEmpty()) {
      return;
    }
    Difference found = difference.get();
    if (found.isTooLarge()) {
      throw new TopicException(remedy(found), null);
    }
    try {
      admin.grow(name, found.images());
    } catch (TopicException e) {
      if (difference(admin).isPresent()) {
        throw new TopicException("%s (%s)".formatted(remedy(found), e.getMessage()), e);
      }
    }
    log.info(
        "Added partitions to {}, which had {}: {} has {} now",
        name,
        found.changelog(),
        images,
        found.images());
  }

  /** What is wrong with it, and what to do; empty where all is well. */
  public Optional<String> problem(TopicAdmin admin) {
    return difference(admin).map(this::remedy);
  }

  private String remedy(Difference found) {
    String what =
        "Topic %s has %d partitions and must have the %d of %s: "
            .formatted(name, found.changelog(), found.images(), images);
    return what
        + (found.isTooLarge()
            ? "stop all inferencers and delete it (kafka-topics.sh --bootstrap-server ADDRESS --delete --topic %s); they create it anew, and images that were in flight are lost"
                .formatted(name)
            : "start an inferencer, which adds them if it may Alter the topic, or kafka-topics.sh --bootstrap-server ADDRESS --alter --topic %s --partitions %d"
                .formatted(name, found.images()));
  }

  /** The numbers of partitions, where they are not the same. */
  private record Difference(int images, int changelog) {
    boolean isTooLarge() {
      return changelog > images;
    }
  }

  private Optional<Difference> difference(TopicAdmin admin) {
    Map<String, Integer> partitions = admin.partitions(List.of(images, name));
    Integer wanted = partitions.get(images);
    Integer actual = partitions.get(name);
    return wanted == null || actual == null || wanted.equals(actual)
        ? Optional.empty()
        : Optional.of(new Difference(wanted, actual));
  }
}
