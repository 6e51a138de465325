package io.ocellus.cli.docs;

import io.ocellus.config.ConfigurationLoader;
import io.ocellus.config.SettingsTable;
import io.ocellus.failure.FailureReason;
import io.ocellus.inferencer.InferencerConfig;
import io.ocellus.inferencer.InferencerMetric;
import io.ocellus.metrics.Metric;
import io.ocellus.metrics.MetricSpec;
import io.ocellus.topic.TopicSettings;
import io.ocellus.topic.TopicSpec;
import io.ocellus.trainer.TrainerConfig;
import io.ocellus.trainer.TrainerMetric;
import io.ocellus.trainer.augment.Augmentations;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The pages under {@code docs/} that are made from the code that declares what they list. */
enum ReferencePage {
  CONFIGURATION {
    @Override
    String body() {
      return """
          # Configuration

          Values come from defaults, then a YAML file (`--config FILE`), then the environment (`OCELLUS_…`), then the
          command line (`--set key=value`), each overriding the one before. A key that nothing declares stops the start.
          A duration is a number and a unit: `5ms`, `30s`, `10m`, `1h`, `7d`. Secrets are never logged.

          ```yaml
          # trainer.yaml
          kafka:
            bootstrap.servers: broker-1:9092,broker-2:9092
            security.protocol: SSL
          network:
            name: se-densenet-bc-100-12
            size: 32
          ```

          A GPU is used where PyTorch sees one. The library that comes along is for CPUs; for CUDA, install PyTorch
          2.7.1 with CUDA 12.8 and set `PYTORCH_VERSION=2.7.1`, `PYTORCH_FLAVOR=cu128` and `PYTORCH_LIBRARY_PATH` to its
          `torch/lib` folder.

          ## Trainer

          %s
          ## Inferencer

          %s"""
          .formatted(
              SettingsTable.markdown(TrainerConfig.class),
              SettingsTable.markdown(InferencerConfig.class));
    }
  },

  TOPICS {
    @Override
    String body() {
      TopicSettings settings =
          new ConfigurationLoader<>(TrainerConfig.class).load(Map.of()).topics();
      return """
          # Topics

          `ocellus topics create` creates them, and each service those that are missing when it starts; `ocellus topics
          check` says what is wrong with those that exist. `topics.prefix` replaces the first word of every name.

          | topic | key | value | partitions | configuration |
          |---|---|---|---|---|
          %s
          Any producer in any language can send an image: a key, the bytes, and if it likes the headers of the [CloudEvents
          Kafka binding](https://github.com/cloudevents/spec/blob/main/cloudevents/bindings/kafka-protocol-binding.md) in
          binary mode (`ce_specversion`, `ce_id`, `ce_source`, `ce_type`, `ce_time`, `content-type`). A record without
          `ce_id` is known as topic-partition-offset.

          ## A checkpoint's records

          The chunks of each file come first, the manifest last, all in one transaction. The manifest's value is UTF-8
          JSON; what is hashed and signed is that value, byte for byte, as it travels. Its headers:

          | header | value |
          |---|---|
          | `content-type` | `application/json` |
          | `ocellus_sha256` | SHA-256 of the value, 64 lower-case hexadecimal digits |
          | `ocellus_signature` | where the version is signed: the Ed25519 signature (RFC 8032) of the value, in base64 |
          | `ocellus_signer` | where the version is signed: the signer's key, by the first 16 hexadecimal digits of the SHA-256 of its public key's DER form |

          The manifest holds the model, the version and the SHA-256 of every file, so that one signature binds them all.
          Readers check the signature first, then the hashes: see [security.md](security.md).
          """
          .formatted(rows(TopicSpec.of(settings).stream().map(ReferencePage::row)));
    }
  },

  METRICS {
    @Override
    String body() {
      return """
          # Metrics

          Each service serves them at `/metrics`, for Prometheus: as text, as OpenMetrics (with exemplars) or as protobuf
          (with native histograms), whichever it asks for. Histograms have `_bucket`, `_count` and `_sum`. Beside these
          there are Micrometer's of the JVM (`jvm_…`, `process_…`, `system_cpu_…`) and, of the inferencer, a dozen of
          Kafka's clients (`kafka_…`). The values of a label are few: of versions the newest three (accuracies: five),
          of devices and classes fifty. Dashboards, rules and alerts: [observability](observability.md).

          ## Trainer

          | metric | type | labels | what it says |
          |---|---|---|---|
          %s
          ## Inferencer

          In each instance, in the sum of all and in every single scrape: received = classified + dead + skipped + in flight.

          | metric | type | labels | what it says |
          |---|---|---|---|
          %s"""
          .formatted(
              rows(Arrays.stream(TrainerMetric.values()).map(ReferencePage::row)),
              rows(Arrays.stream(InferencerMetric.values()).map(ReferencePage::row)));
    }
  },

  AUGMENTATIONS {
    @Override
    String body() {
      return """
          # Augmentations

          `training.augmentations` lists what is done to training images at random, in order; held-out images stay as they
          are. An entry is a name; or a name, `=` and its first number; then other numbers by name:

          ```yaml
          training:
            augmentations:
              - horizontal-flip
              - random-resized-crop=0.6
              - rotation=15
              - color-jitter=0.2 hue=0.05
              - random-erasing=0.25
              - mixup=0.2
          ```

          Names, ranges and defaults are torchvision's, where it has them. The same `training.seed` changes the same
          images in the same way. Where several entries mix images, each batch is mixed by one of them.

          | with its defaults | what it does |
          |---|---|
          %s"""
          .formatted(
              rows(
                  Augmentations.CATALOGUE.stream()
                      .map(e -> "`%s` | %s".formatted(e.written(), e.help()))));
    }
  },

  FAILURES {
    @Override
    String body() {
      return """
          # Failures

          What can be wrong with one image. Such a record goes to the dead-letter topic as it came, with headers that say
          why: `ocellus_reason` (below), `ocellus_message`, `ocellus_stage`, `ocellus_model_version`, and where it came
          from: `ocellus_source_topic`, `ocellus_source_partition`, `ocellus_source_offset`, `ocellus_source_timestamp`.
          The same word is the `reason` label of the metrics.

          | reason | what happened | what to do |
          |---|---|---|
          %s"""
          .formatted(
              rows(
                  Arrays.stream(FailureReason.values())
                      .map(r -> "`%s` | %s | %s".formatted(r.tag(), r.description(), r.remedy()))));
    }
  };

  /** Where it lies, below {@code docs/}. */
  String file() {
    return name().toLowerCase(Locale.ROOT) + ".md";
  }

  /** The whole page as Markdown. */
  String text() {
    return body()
        + "\n*This page is made from the code; `./mvnw verify` fails when it is stale.*\n";
  }

  abstract String body();

  private static String row(TopicSpec topic) {
    String configs =
        new TreeMap<>(topic.configs())
            .entrySet().stream()
                .map(e -> "`%s=%s`".formatted(e.getKey(), e.getValue()))
                .collect(Collectors.joining(" "));
    return "`%s` | %s | %s | %d | %s"
        .formatted(topic.name(), topic.key(), topic.value(), topic.partitions(), configs);
  }

  private static String row(Metric metric) {
    MetricSpec spec = metric.spec();
    String labels = spec.labels().stream().map("`%s`"::formatted).collect(Collectors.joining(" "));
    return "`%s` | %s | %s | %s"
        .formatted(spec.name(), spec.type().prometheus(), labels, spec.help());
  }

  static String rows(Stream<String> rows) {
    return rows.map("| %s |\n"::formatted).collect(Collectors.joining());
  }
}
