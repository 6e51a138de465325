package io.ocellus.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ocellus.testbed.Broker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Labelled images of which many are hostile: each is learned from or kept out, and the trainer goes
 * on to publish. {@code ocellus.hostile.folder} is where they lie.
 */
@EnabledIfSystemProperty(
    named = "ocellus.hostile.folder",
    matches = ".+",
    disabledReason = "wanted only where somebody says where hostile images lie")
class HostileLabelsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  @TempDir Path folder;

  @Test
  void everyHostileImageIsLearnedFromOrKeptOutAndTheTrainerGoesOn() throws Exception {
    Heard heard = new Heard();
    try (Broker kafka = Broker.start()) {
      TestBench bench = new TestBench(kafka.bootstrapServers(), "hostile", folder);
      try (Trainer trainer = new Trainer(bench.config(Map.of("retrain.on-start", "false")), heard);
          LabelledImages labels = bench.labels()) {
        trainer.start();
        labels.send(labels.classes(), 0, 20);
        int healthy = 20 * labels.classes().size();
        List<Path> files = files();
        for (Path file : files) {
          labels.send(file.getFileName().toString(), "hostile", Files.readAllBytes(file));
          labels.flush();
        }
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofSeconds(1))
            .untilAsserted(
                () ->
                    assertThat(images(trainer))
                        .as("images that are learned from or kept out")
                        .isEqualTo(healthy + files.size()));
        String metrics = Http.get(trainer.uri().resolve("/metrics"));
        metrics
            .lines()
            .filter(line -> line.startsWith("ocellus_trainer_records_total"))
            .forEach(System.out::println);
        trainer.retrain("test");
        heard.await(TrainingEvent.Published.class, 1);
        assertThat(trainer.ready()).isTrue();
        assertThat(Http.status(trainer.uri().resolve("/health/live"))).isEqualTo(200);
      }
    }
  }

  private static long images(Trainer trainer) throws Exception {
    return Http.get(trainer.uri().resolve("/metrics"))
        .lines()
        .filter(
            line -> line.matches("ocellus_trainer_records_total.*(stored|kept-out|unchanged).*"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static List<Path> files() throws Exception {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("ocellus.hostile.folder")))) {
      return files.sorted().toList();
    }
  }
}
