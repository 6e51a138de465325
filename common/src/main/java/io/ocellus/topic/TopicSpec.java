package io.ocellus.topic;

import java.util.List;
import java.util.Map;

/**
 * How one of the product's topics must be.
 *
 * @param name in full, with its prefix
 * @param key what keys its records
 * @param value what its records carry
 * @param partitions how many it is created with; the checkpoint topic always has one
 * @param replicationFactor -1 takes the broker's default
 * @param configs topic configuration that differs from the broker's; retention by time is left to
 *     the broker, so that operators decide
 */
public record TopicSpec(
    String name,
    String key,
    String value,
    int partitions,
    int replicationFactor,
    Map<String, String> configs) {
  /**
   * The largest record of a topic that carries images: the default of {@code image.max-bytes}, and
   * room above it, so that an oversized image still arrives and becomes a dead letter with its
   * reason instead of an error on the device. Whoever raises {@code image.max-bytes} beyond raises
   * {@code max.message.bytes} of these topics too. A producer needs {@code max.request.size} of the
   * same.
   */
  public static final int MAX_IMAGE_RECORD_BYTES = 32 * 1024 * 1024;

  /**
   * Of what services read, so that brokers measure what their consumers get: a broker holds {@code
   * max.message.bytes} against a batch as it stores it, and by default it stores what a producer
   * compressed, of which some kilobytes may hold gigabytes. Images and weights gain nothing by
   * compression.
   */
  private static final String COMPRESSION = "compression.type";

  private static final String NONE = "uncompressed";

  private static final Map<String, String> EVENTS = Map.of("cleanup.policy", "delete");

  /**
   * Of what devices send and of what comes of it: a device's clock may be wrong by decades, and
   * retention by its time would delete an image before it is classified. {@code ce_time} keeps it.
   */
  private static final String TIMESTAMPS = "message.timestamp.type";

  private static final String OF_ARRIVAL = "LogAppendTime";

  private static final Map<String, String> RESULTS =
      Map.of("cleanup.policy", "delete", TIMESTAMPS, OF_ARRIVAL);

  /** Room for the headers that a dead letter has more than its image record. */
  private static final int DEAD_LETTER_HEADERS = 64 * 1024;

  private static final Map<String, String> IMAGES =
      Map.of(
          "cleanup.policy",
          "delete",
          "max.message.bytes",
          Integer.toString(MAX_IMAGE_RECORD_BYTES),
          COMPRESSION,
          NONE,
          TIMESTAMPS,
          OF_ARRIVAL);

  private static final Map<String, String> DEAD_LETTERS =
      Map.of(
          "cleanup.policy",
          "delete",
          "max.message.bytes",
          Integer.toString(MAX_IMAGE_RECORD_BYTES + DEAD_LETTER_HEADERS),
          TIMESTAMPS,
          OF_ARRIVAL);

  /** A tombstone stays readable for a week, for trainers that were away; gone data go in a day. */
  private static final Map<String, String> LABELLED =
      Map.of(
          "cleanup.policy",
          "compact",
          "max.message.bytes",
          Integer.toString(MAX_IMAGE_RECORD_BYTES),
          COMPRESSION,
          NONE,
          "segment.bytes",
          Integer.toString(64 * 1024 * 1024),
          "max.compaction.lag.ms",
          Long.toString(24 * 3_600_000L),
          "delete.retention.ms",
          Long.toString(7 * 24 * 3_600_000L));

  private static final Map<String, String> CHECKPOINTS =
      Map.of(
          "cleanup.policy",
          "compact",
          COMPRESSION,
          NONE,
          "segment.bytes",
          Integer.toString(32 * 1024 * 1024),
          "max.compaction.lag.ms",
          Long.toString(3_600_000L));

  public TopicSpec {
    configs = Map.copyOf(configs);
  }

  /** All topics that the services share. */
  public static List<TopicSpec> of(TopicSettings settings) {
    Topics topics = settings.topics();
    int partitions = settings.partitions();
    int replicas = settings.replicationFactor();
    return List.of(
        new TopicSpec(
            topics.images(),
            "device id",
            "an image: JPEG, PNG, GIF, BMP, TIFF or WebP bytes; or nothing, and its URI in the header `ce_dataref`",
            partitions,
            replicas,
            IMAGES),
        new TopicSpec(
            topics.labelledImages(),
            "image id",
            "the same, with the headers `ocellus_label` and optionally `ocellus_group` and `ocellus_split`; a tombstone forgets the image",
            partitions,
            replicas,
            LABELLED),
        new TopicSpec(
            topics.classifications(),
            "device id",
            "a result: [classification.schema.json](schemas/classification.schema.json); or, of `ce_type` `io.ocellus.skip`, that a deadline had passed: [skip.schema.json](schemas/skip.schema.json)",
            partitions,
            replicas,
            RESULTS),
        new TopicSpec(
            topics.imagesDead(),
            "as it came",
            "as it came, with the reason in headers: see [failures.md](failures.md)",
            partitions,
            replicas,
            DEAD_LETTERS),
        new TopicSpec(
            topics.checkpoints(),
            "`model/version/file/chunk`; of the manifest `model/version`",
            "a chunk of a file; last the manifest: [manifest.schema.json](schemas/manifest.schema.json)",
            1,
            replicas,
            CHECKPOINTS),
        new TopicSpec(
            topics.training(),
            "run id",
            "progress: [training-event.schema.json](schemas/training-event.schema.json)",
            1,
            replicas,
            EVENTS));
  }

  /** Whether its records must be read in one order, so that it can have one partition only. */
  boolean ordered() {
    return name.endsWith(".checkpoints");
  }
}
