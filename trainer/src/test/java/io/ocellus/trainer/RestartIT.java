package io.ocellus.trainer;

import static java.net.http.HttpRequest.BodyPublishers.noBody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ocellus.testbed.Broker;
import io.ocellus.testbed.SyntheticImages;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** A trainer that is stopped, or that another replaces, wherever it stands. */
class RestartIT {
  @AutoClose private static final Broker KAFKA = Broker.start();

  @TempDir Path folder;
  private TestBench bench;

  @BeforeEach
  void ownTopics(TestInfo test) {
    bench =
        new TestBench(
            KAFKA.bootstrapServers(), test.getTestMethod().orElseThrow().getName(), folder);
  }

  @Test
  void aRunThatWasCutOffGoesOnAtItsEpochAfterARestart() {
    Map<String, String> settings = Map.of("training.epochs", "20");
    Heard before = new Heard();
    try (Trainer trainer = new Trainer(bench.config(settings), before);
        LabelledImages labels = bench.labels()) {
      trainer.start();
      labels.send(labels.classes(), 0, 20);
      before.await(TrainingEvent.Epoch.class, 2);
    }
    assertThat(before.all(TrainingEvent.Published.class)).isEmpty();
    int done = before.all(TrainingEvent.Epoch.class).size();

    Heard after = new Heard();
    try (Trainer trainer = new Trainer(bench.config(settings), after)) {
      trainer.start();
      after.await(TrainingEvent.Published.class, 1);
    }
    assertThat(after.all(TrainingEvent.Started.class).get(0).reason()).isEqualTo("interrupted");
    assertThat(after.all(TrainingEvent.Epoch.class).get(0).epoch()).isEqualTo(done + 1);
    assertThat(folder.resolve("unfinished")).doesNotExist();
  }

  @Test
  void aRestartGoesOnFromTheStoreAndAnswersRequests() throws Exception {
    try (LabelledImages labels = bench.labels()) {
      Heard first = new Heard();
      try (Trainer trainer = new Trainer(bench.config(Map.of()), first)) {
        trainer.start();
        labels.send(labels.classes(), 0, 10);
        first.await(TrainingEvent.Published.class, 1);
      }
      labels.forget(labels.classes().get(0) + "-0");
      labels.send("torn", "cat", labels.broken(SyntheticImages.Broken.TRUNCATED));
      labels.flush();

      Heard second = new Heard();
      try (Trainer trainer = new Trainer(bench.config(Map.of()), second)) {
        trainer.start();
        await().atMost(Duration.ofSeconds(20)).until(trainer::ready);
        String metrics = Http.get(trainer.uri().resolve("/metrics"));
        assertThat(metrics)
            .contains("ocellus_trainer_records_total{model=\"default\",outcome=\"stored\"} 0.0")
            .contains("ocellus_trainer_records_total{model=\"default\",outcome=\"forgotten\"} 1.0")
            .contains("ocellus_trainer_records_total{model=\"default\",outcome=\"kept-out\"} 1.0");

        HttpRequest bare =
            HttpRequest.newBuilder(trainer.uri().resolve("/retrain")).POST(noBody()).build();
        assertThat(Http.send(bare)).contains("Show the token");
        assertThat(Http.post(trainer.uri().resolve("/retrain"), bench.token()))
            .contains("A run will start");
        TrainingEvent.Started started = second.await(TrainingEvent.Started.class, 1);
        assertThat(started.reason()).isEqualTo("request");
        assertThat(started.trainImages() + started.testImages()).isEqualTo(39);
        Http.post(trainer.uri().resolve("/retrain"), bench.token());
        Http.post(trainer.uri().resolve("/retrain"), bench.token());
        second.await(TrainingEvent.Published.class, 2);
        await()
            .during(Duration.ofSeconds(1))
            .until(() -> second.all(TrainingEvent.Started.class).size() == 2);
      }
    }
  }

  @Test
  void aSecondTrainerTakesOverAndTheFirstGivesUpInTheMiddleOfItsRun() throws Exception {
    Heard first = new Heard();
    Heard second = new Heard();
    Map<String, String> endless = Map.of("training.epochs", "100000");
    Map<String, String> elsewhere =
        Map.of("state-dir", folder.resolve("second").toString(), "retrain.on-start", "false");
    try (LabelledImages labels = bench.labels();
        Trainer older = new Trainer(bench.config(endless), first);
        Trainer newer = new Trainer(bench.config(elsewhere), second)) {
      older.start();
      labels.send(labels.classes(), 0, 8);
      first.await(TrainingEvent.Epoch.class, 1);
      URI metrics = older.uri().resolve("/metrics");
      assertThat(Http.get(metrics)).contains("ocellus_trainer_running{model=\"default\"} 1.0");

      newer.start();
      assertThat(first.await(TrainingEvent.Failed.class, 1).message())
          .contains("Another trainer has started for model 'default'");
      await().atMost(Duration.ofSeconds(20)).until(() -> !older.ready());
      assertThat(Http.get(older.uri().resolve("/health/ready")))
          .contains("Another trainer has started");
      assertThat(Http.status(older.uri().resolve("/health/live")))
          .as("so that Kubernetes restarts it")
          .isEqualTo(503);
      assertThat(Http.post(older.uri().resolve("/retrain"), bench.token()))
          .contains("Another trainer has started");
      assertThat(Http.get(metrics)).contains("ocellus_trainer_running{model=\"default\"} 0.0");
      assertThat(bench.catalog().all()).isEmpty();

      newer.retrain("request");
      assertThat(second.await(TrainingEvent.Published.class, 1).version()).isEqualTo(1);
    }
  }

  @Test
  void aFencedTrainerThatWaitsSaysSoBeforeItTrains() {
    Heard first = new Heard();
    Map<String, String> idle = Map.of("retrain.on-start", "false");
    Map<String, String> elsewhere =
        Map.of("state-dir", folder.resolve("second").toString(), "retrain.on-start", "false");
    try (Trainer older = new Trainer(bench.config(idle), first);
        Trainer newer = new Trainer(bench.config(elsewhere))) {
      older.start();
      await().atMost(Duration.ofSeconds(20)).until(older::ready);
      newer.start();
      await().atMost(Duration.ofSeconds(20)).until(() -> !older.ready());
      assertThat(first.await(TrainingEvent.Failed.class, 1).message())
          .contains("Another trainer has started for model 'default'");
    }
  }
}
