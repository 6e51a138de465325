package io.ocellus.cli.service;

import io.ocellus.cli.options.ServiceOptions;
import io.ocellus.inferencer.Inferencer;
import io.ocellus.inferencer.InferencerConfig;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the inferencer. */
@Command(
    name = "inferencer",
    description = {
      "Classifies the image stream with the newest checkpoint; follows new ones without stopping.",
      "Every setting is in docs/configuration.md. SIGTERM or Ctrl-C stops it."
    },
    footer = {
      "  ocellus inferencer -b kafka:9092 --set batch.max-size=32 --set http.port=9090",
      "  OCELLUS_KAFKA_BOOTSTRAP_SERVERS=kafka:9092 ocellus inferencer --config inferencer.yaml"
    })
public final class InferencerCommand implements Callable<Integer> {
  /** For what is not the stream. */
  private static final Duration BEYOND_GRACE = Duration.ofSeconds(5);

  @Mixin private final ServiceOptions options = new ServiceOptions();

  @Override
  public Integer call() throws Exception {
    InferencerConfig config = options.load(InferencerConfig.class);
    Foreground.run(
        "inferencer",
        config,
        () -> new Inferencer(config),
        config.streams().shutdownGrace().plus(BEYOND_GRACE));
    return 0;
  }
}
