package io.ocellus.cli.service;

import io.ocellus.cli.Terminal;
import io.ocellus.cli.options.ServiceOptions;
import io.ocellus.trainer.EpochBars;
import io.ocellus.trainer.Trainer;
import io.ocellus.trainer.TrainerConfig;
import io.ocellus.trainer.TrainingListener;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the trainer. */
@Command(
    name = "trainer",
    description = {
      "Follows labelled images, retrains, and publishes what is good enough as a checkpoint.",
      "Every setting is in docs/configuration.md. SIGTERM or Ctrl-C stops it."
    },
    footer = {
      "  ocellus trainer -b kafka:9092 --set network.name=se-densenet-light --set network.size=32",
      "  OCELLUS_KAFKA_BOOTSTRAP_SERVERS=kafka:9092 ocellus trainer --config trainer.yaml"
    })
public final class TrainerCommand implements Callable<Integer> {
  /** A step may take longer, and is given up then: what is saved of the run is kept. */
  private static final Duration PATIENCE = Duration.ofSeconds(9);

  @Mixin private final ServiceOptions options = new ServiceOptions();

  @Override
  public Integer call() throws Exception {
    TrainerConfig config = options.load(TrainerConfig.class);
    Foreground.run("trainer", config, () -> new Trainer(config, onTerminal()), PATIENCE);
    return 0;
  }

  /** Progress bars where somebody looks on; elsewhere the log says enough. */
  private static TrainingListener[] onTerminal() {
    return Terminal.onStderr()
        ? new TrainingListener[] {new EpochBars(System.err)}
        : new TrainingListener[0];
  }
}
