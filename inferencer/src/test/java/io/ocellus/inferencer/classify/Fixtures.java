package io.ocellus.inferencer.classify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.inferencer.Classification.Source;
import io.ocellus.inferencer.InferencerMetrics;
import io.ocellus.inferencer.TestModel;
import io.ocellus.inferencer.serving.LoadedNetwork;
import io.ocellus.inferencer.serving.ServedModel;
import io.ocellus.service.Json;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** What the tests of this package share. */
final class Fixtures {
  static final Manifest MODEL = TestModel.of(8, "cat", "dog").draft().published(3, List.of());

  private Fixtures() {}

  static InferencerMetrics metrics() {
    return new Counted().metrics();
  }

  /** Metrics and what Prometheus sees of them. */
  record Counted(PrometheusMeterRegistry registry, InferencerMetrics metrics) {
    Counted() {
      this(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    }

    private Counted(PrometheusMeterRegistry registry) {
      this(registry, new InferencerMetrics(registry, "default"));
    }

    String text() {
      return registry.scrape();
    }
  }

  static ImageEvent event(long offset) {
    return new ImageEvent(
        new Source("ocellus.images", 0, offset),
        1000 + offset,
        new byte[] {'k'},
        new byte[] {(byte) offset},
        new RecordHeaders());
  }

  static Outcome classified() {
    return new Outcome.Classified(MODEL, new float[] {0.25f, 0.75f}, Instant.EPOCH);
  }

  static Outcome.Skipped skipped() {
    return new Outcome.Skipped(MODEL, Instant.EPOCH, Instant.EPOCH.plusSeconds(1));
  }

  /** A model over a network made by hand, whose logits that temperature divides. */
  static ServedModel model(Function<List<byte[]>, float[][]> network, double temperature) {
    ObjectNode manifest = Json.MAPPER.valueToTree(MODEL);
    manifest.put("temperature", temperature);
    return model(Json.MAPPER.convertValue(manifest, Manifest.class), network, () -> {});
  }

  /** A model over a network made by hand. */
  static ServedModel model(Function<List<byte[]>, float[][]> network, Runnable freed) {
    return model(MODEL, network, freed);
  }

  private static ServedModel model(
      Manifest manifest, Function<List<byte[]>, float[][]> network, Runnable freed) {
    return new ServedModel(
        manifest,
        new LoadedNetwork() {
          @Override
          public String engine() {
            return "test";
          }

          @Override
          public float[][] logits(List<byte[]> images) {
            return network.apply(images);
          }

          @Override
          public void close() {
            freed.run();
          }
        },
        () -> {});
  }
}
