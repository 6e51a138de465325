package io.ocellus.inferencer;

import io.ocellus.checkpoint.CheckpointSettings;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.config.Passthrough;
import io.ocellus.config.Setting;
import io.ocellus.image.ImageSettings;
import io.ocellus.inferencer.serving.EngineChoice;
import io.ocellus.inferencer.serving.Precision;
import io.ocellus.service.DeviceChoice;
import io.ocellus.topic.TopicSettings;
import io.ocellus.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Everything that can be set of the inferencer. */
public record InferencerConfig(
    @Passthrough(
            byDefault = "bootstrap.servers=localhost:9092",
            help =
                "Any property of Kafka's clients and of Kafka Streams, such as `kafka.security.protocol`.")
        Map<String, String> kafka,
    TopicSettings topics,
    @Setting(byDefault = "default", help = "The model whose newest version serves.") String model,
    @Setting(
            byDefault = "~/.ocellus/inferencer",
            help = "Folder of Kafka Streams' state and of checkpoints on their way in.")
        Path stateDir,
    @Setting(byDefault = "auto", help = "`auto` takes a GPU where there is one; or `cpu`, `gpu`.")
        DeviceChoice device,
    @Setting(
            byDefault = "auto",
            help =
                "What runs forward passes: `pytorch`, `onnxruntime` (on the CPU), or `auto`, which is ONNX Runtime on a CPU and PyTorch on a GPU.")
        EngineChoice engine,
    @Setting(
            byDefault = "float32",
            help =
                "In what forward passes multiply: `float32`, or `bfloat16` where there is a GPU (compute capability 8.0 or more) or a processor with AVX512_BF16 or AMX, which is faster there, on PyTorch, and changes probabilities a little.")
        Precision precision,
    Http http,
    CheckpointSettings checkpoints,
    ImageSettings image,
    @Setting(
            byDefault = "0s",
            min = "0s",
            max = "3650d",
            help =
                "Age from which an image is not worth classifying: it is skipped, and the classifications topic says so; `0s` for any. An image's own `ocellus_deadline` header counts as well.")
        Duration maxAge,
    Streams streams,
    Batch batch,
    Threads threads) {
  private static final String APPLICATION_ID = "[a-zA-Z0-9._-]{0,200}";

  public InferencerConfig {
    Manifest.requireName(model);
    if (stateDir.toString().isEmpty()) {
      throw new IllegalArgumentException("state-dir must be a folder, not ''");
    }
    String group = applicationId(topics.topics(), model);
    if (streams.applicationId().isEmpty() && !group.matches(APPLICATION_ID)) {
      throw new IllegalArgumentException(
          "streams.application-id must be set, because its default '%s' is no valid one"
              .formatted(group));
    }
  }

  /** The default of {@code streams.application-id} for a model on topics. */
  public static String applicationId(Topics topics, String model) {
    return "ocellus-inferencer-%s-%s".formatted(topics.prefix(), model);
  }

  /** Where metrics and health are served. */
  public record Http(
      @Setting(byDefault = "127.0.0.1", help = "Address to listen on; 0.0.0.0 in containers.")
          String host,
      @Setting(byDefault = "8080", min = "0", max = "65535", help = "Port; 0 takes a free one.")
          int port) {}

  /** How the stream runs. */
  public record Streams(
      @Setting(
              byDefault = "",
              help =
                  "Kafka Streams' `application.id`, which names the consumer group: instances of one group share the images. By default `ocellus-inferencer-PREFIX-MODEL`, of `topics.prefix` and `model`.")
          String applicationId,
      @Setting(
              byDefault = "exactly_once_v2",
              help = "Kafka Streams' `processing.guarantee`: `exactly_once_v2` or `at_least_once`.")
          Guarantee guarantee,
      @Setting(
              byDefault = "classic",
              help = "Kafka Streams' `group.protocol`: `classic` or `streams` (KIP-1071).")
          GroupProtocol groupProtocol,
      @Setting(
              byDefault = "1",
              min = "1",
              max = "256",
              help = "Kafka Streams' `num.stream.threads`.")
          int threads,
      @Setting(
              byDefault = "32",
              min = "1",
              max = "4096",
              help =
                  "Images in flight per task: as many slots as this wait in its state store, then the task waits.")
          int slots,
      @Setting(
              byDefault = "30s",
              min = "0s",
              max = "1h",
              help = "How long a stop may take; what is in flight then resumes at the next start.")
          Duration shutdownGrace) {
    public Streams {
      if (!applicationId.matches(APPLICATION_ID)) {
        throw new IllegalArgumentException(
            "streams.application-id must be up to 200 letters, digits, dots, underscores and dashes, not '%s'"
                .formatted(applicationId));
      }
    }
  }

  /** Kafka Streams' processing guarantees. */
  public enum Guarantee {
    EXACTLY_ONCE_V2,
    AT_LEAST_ONCE
  }

  /** Kafka Streams' rebalance protocols. */
  public enum GroupProtocol {
    CLASSIC,
    STREAMS
  }

  /** When a batch closes. */
  public record Batch(
      @Setting(
              byDefault = "16",
              min = "1",
              max = "1024",
              help =
                  "Images in a batch, at most; on a CPU ONNX Runtime takes 4 at most and PyTorch 8, which is as fast and takes less memory.")
          int maxSize,
      @Setting(
              byDefault = "20ms",
              min = "0ms",
              max = "1m",
              help = "How long the first image of a batch waits for others, at most.")
          Duration maxWait) {}

  /** JVM-wide pools, shared by all tasks. */
  public record Threads(
      @Setting(
              byDefault = "64",
              min = "1",
              max = "1024",
              help =
                  "References that are fetched at a time; images that come in their record do not wait for them.")
          int fetch,
      @Setting(
              byDefault = "0",
              min = "0",
              max = "1024",
              help = "Threads that decode images; 0 for one per processor.")
          int decode,
      @Setting(
              byDefault = "0",
              min = "0",
              max = "1024",
              help = "Forward passes at a time, each on one thread; 0 for one per processor.")
          int forward) {}
}
