package io.ocellus.trainer;

import static java.net.http.HttpRequest.BodyPublishers.noBody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import ai.djl.Device;
import io.ocellus.checkpoint.Checkpoint;
import io.ocellus.checkpoint.CheckpointCatalog;
import io.ocellus.checkpoint.FileEntry;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.checkpoint.Trust;
import io.ocellus.config.ConfigurationLoader;
import io.ocellus.network.NetworkSpec;
import io.ocellus.network.Networks;
import io.ocellus.network.Safetensors;
import io.ocellus.signature.KeyPairFiles;
import io.ocellus.testbed.Broker;
import io.ocellus.testbed.SyntheticImages;
import io.ocellus.topic.Topics;
import io.ocellus.trainer.report.ReportFigures;
import io.ocellus.trainer.report.RunReport;
import io.ocellus.trainer.training.NetworkOnDevice;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The whole service on a real broker, with a network small enough to train in seconds. */
class TrainerIT {
  private static final int SIZE = 16;
  private static Broker kafka;

  @TempDir Path folder;
  private String prefix;

  @BeforeAll
  static void startKafka() {
    kafka = Broker.start();
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  @BeforeEach
  void ownTopics(TestInfo test) {
    prefix = test.getTestMethod().orElseThrow().getName();
  }

  private TrainerConfig config(Map<String, String> overrides) {
    Map<String, String> values = new HashMap<>();
    values.put("kafka.bootstrap.servers", kafka.bootstrapServers());
    values.put("topics.prefix", prefix);
    values.put("topics.partitions", "2");
    values.put("topics.replication-factor", "1");
    values.put("state-dir", folder.toString());
    values.put("http.port", "0");
    values.put("device", "cpu");
    values.put("network.name", "se-densenet-light");
    values.put("network.options.growth-rate", "4");
    values.put("network.options.block-config", "1,1");
    values.put("network.size", Integer.toString(SIZE));
    values.put("training.epochs", "3");
    values.put("training.learning-rate", "0.01");
    values.put("gate.margin", "1");
    values.put("gate.class-margin", "1");
    values.put("retrain.quiet", "300ms");
    values.put("retrain.after-labels", "0");
    values.putAll(overrides);
    return new ConfigurationLoader<>(TrainerConfig.class).load(values);
  }

  private Path weightsForTenClasses() {
    NetworkSpec spec =
        new NetworkSpec("se-densenet-light", 10, Map.of("growth-rate", "4", "block-config", "1,1"));
    try (NetworkOnDevice fresh =
        new NetworkOnDevice(Networks.create(spec), SIZE, Device.cpu(), 1)) {
      Path file = folder.resolve("published.safetensors");
      Safetensors.write(fresh.stateDict(), file);
      return file;
    }
  }

  private LabelledImages labels() {
    return new LabelledImages(kafka.bootstrapServers(), topics().labelledImages(), SIZE);
  }

  private Topics topics() {
    return new Topics(prefix);
  }

  private CheckpointCatalog catalog() {
    return new CheckpointCatalog(Map.of("bootstrap.servers", kafka.bootstrapServers()), topics());
  }

  @Test
  void aRunThatWasCutOffGoesOnAtItsEpochAfterARestart() {
    Map<String, String> settings = Map.of("training.epochs", "20");
    Heard before = new Heard();
    try (Trainer trainer = new Trainer(config(settings), before);
        LabelledImages labels = labels()) {
      trainer.start();
      labels.send(labels.classes(), 0, 20);
      before.await(TrainingEvent.Epoch.class, 2);
    }
    assertThat(before.all(TrainingEvent.Published.class)).isEmpty();
    int done = before.all(TrainingEvent.Epoch.class).size();

    Heard after = new Heard();
    try (Trainer trainer = new Trainer(config(settings), after)) {
      trainer.start();
      after.await(TrainingEvent.Published.class, 1);
    }
    assertThat(after.all(TrainingEvent.Started.class).get(0).reason()).isEqualTo("interrupted");
    assertThat(after.all(TrainingEvent.Epoch.class).get(0).epoch()).isEqualTo(done + 1);
    assertThat(folder.resolve("unfinished")).doesNotExist();
  }

  @Test
  void labelsBecomeVersionsThatImproveOnEachOther() {
    Heard heard = new Heard();
    Map<String, String> settings =
        Map.of(
            "retrain.after-labels",
            "40",
            "training.initial-weights",
            weightsForTenClasses().toString());
    try (Trainer trainer = new Trainer(config(settings), heard);
        LabelledImages labels = labels()) {
      trainer.start();
      assertThat(heard.await(TrainingEvent.Waiting.class, 1).message())
          .contains("No labelled images yet");
      assertThat(trainer.ready()).isTrue();

      labels.send(labels.classes(), 0, 20);
      TrainingEvent.Published first = heard.await(TrainingEvent.Published.class, 1);
      assertThat(first.version()).isEqualTo(1);
      assertThat(heard.all(TrainingEvent.Started.class).get(0).start())
          .isEqualTo("file-fresh-head");
      List<TrainingEvent.Epoch> epochs = heard.all(TrainingEvent.Epoch.class);
      assertThat(epochs).hasSize(3);
      assertThat(epochs.get(2).trainLoss()).isLessThan(epochs.get(0).trainLoss());

      labels.send(labels.classes(), 20, 30);
      heard.await(TrainingEvent.Published.class, 2);
      TrainingEvent.Started second = heard.all(TrainingEvent.Started.class).get(1);
      assertThat(second.reason()).isEqualTo("new-labels");
      assertThat(second.start()).isEqualTo("warm");
      TrainingEvent.Evaluated compared = heard.all(TrainingEvent.Evaluated.class).get(1);
      assertThat(compared.servingVersion()).isEqualTo(1);
      assertThat(compared.serving().images()).isEqualTo(compared.candidate().images());
    }

    List<Manifest> versions = catalog().versions("default");
    assertThat(versions).extracting(Manifest::version).containsExactly(1, 2);
    Manifest newest = versions.get(1);
    assertThat(newest.lineage().parentVersion()).isEqualTo(1);
    assertThat(newest.lineage().trainImages() + newest.lineage().testImages()).isEqualTo(120);
    assertThat(newest.lineage().data().stream().mapToLong(r -> r.to() - r.from()).sum())
        .isEqualTo(120);
    assertThat(newest.lineage().configuration()).containsEntry("training.epochs", "3");
    assertThat(versions)
        .extracting(version -> version.lineage().start())
        .containsExactly("file-fresh-head", "warm");
    assertThat(newest.lineage().codeVersion()).isNotBlank().doesNotContain("$");
    assertThat(newest.metrics())
        .containsKeys(
            "test-accuracy",
            "test-loss",
            "test-macro-f1",
            "test-calibration-error",
            "train-accuracy");
    Checkpoint checkpoint = catalog().fetch("default", 2, folder.resolve("fetched"));
    assertThat(Safetensors.read(checkpoint.file(Checkpoint.WEIGHTS)).entries().keySet())
        .isEqualTo(Networks.create(newest.network()).stateDictSpecs().keySet());
    assertThat(checkpoint.file(Checkpoint.MODEL)).isNotEmptyFile();
    assertThat(checkpoint.file(RunReport.FILE)).content().contains("parent, held out");
    assertThat(newest.files())
        .extracting(FileEntry::name)
        .contains(RunReport.FILE, ReportFigures.FILE);
    assertThat(newest.temperature()).isPositive();
  }

  @Test
  void aWorseCandidateIsRefusedAndNotPublished() {
    try (LabelledImages labels = labels()) {
      Heard good = new Heard();
      try (Trainer trainer = new Trainer(config(Map.of("training.epochs", "8")), good)) {
        trainer.start();
        labels.send(labels.classes(), 0, 20);
        good.await(TrainingEvent.Published.class, 1);
      }
      Heard absurd = new Heard();
      Map<String, String> settings =
          Map.of(
              "training.learning-rate", "30",
              "training.warm-start", "false",
              "training.epochs", "1",
              "gate.margin", "0.02",
              "gate.class-margin", "0.1");
      try (Trainer trainer = new Trainer(config(settings), absurd)) {
        trainer.start();
        trainer.retrain("request");
        TrainingEvent.Refused refused = absurd.await(TrainingEvent.Refused.class, 1);
        assertThat(refused.message()).contains("accuracy").contains("below the serving version's");
        assertThat(folder.resolve("reports").resolve(refused.run()).resolve(RunReport.FILE))
            .content()
            .contains("Refused: ");
        assertThat(refused.message()).contains(RunReport.FILE);
        assertThat(absurd.all(TrainingEvent.Published.class)).isEmpty();
      }
    }
    assertThat(catalog().versions("default")).hasSize(1);
  }

  @Test
  void aRestartGoesOnFromTheStoreAndAnswersRequests() throws Exception {
    try (LabelledImages labels = labels()) {
      Heard first = new Heard();
      try (Trainer trainer = new Trainer(config(Map.of()), first)) {
        trainer.start();
        labels.send(labels.classes(), 0, 10);
        first.await(TrainingEvent.Published.class, 1);
      }
      labels.forget(labels.classes().get(0) + "-0");
      labels.send("torn", "cat", labels.broken(SyntheticImages.Broken.TRUNCATED));
      labels.flush();

      Heard second = new Heard();
      try (Trainer trainer = new Trainer(config(Map.of()), second)) {
        trainer.start();
        await().atMost(Duration.ofSeconds(20)).until(trainer::ready);
        String metrics = get(trainer.uri().resolve("/metrics"));
        assertThat(metrics)
            .contains("ocellus_trainer_records_total{model=\"default\",outcome=\"stored\"} 0.0")
            .contains("ocellus_trainer_records_total{model=\"default\",outcome=\"forgotten\"} 1.0")
            .contains("ocellus_trainer_records_total{model=\"default\",outcome=\"kept-out\"} 1.0");

        HttpRequest bare =
            HttpRequest.newBuilder(trainer.uri().resolve("/retrain")).POST(noBody()).build();
        assertThat(send(bare)).contains("Show the token");
        assertThat(post(trainer.uri().resolve("/retrain"))).contains("A run will start");
        TrainingEvent.Started started = second.await(TrainingEvent.Started.class, 1);
        assertThat(started.reason()).isEqualTo("request");
        assertThat(started.trainImages() + started.testImages()).isEqualTo(39);
        post(trainer.uri().resolve("/retrain"));
        post(trainer.uri().resolve("/retrain"));
        second.await(TrainingEvent.Published.class, 2);
        await()
            .during(Duration.ofSeconds(1))
            .until(() -> second.all(TrainingEvent.Started.class).size() == 2);
      }
    }
  }

  @Test
  void withASigningKeyVersionsAreSignedAndARunBuildsOnSignedOnesAlone() throws Exception {
    KeyPairFiles key = KeyPairFiles.generate(folder.resolve("trainer"));
    Map<String, String> signing = Map.of("checkpoints.signing-key", key.privateKey().toString());
    Heard unsigned = new Heard();
    try (LabelledImages labels = labels()) {
      try (Trainer trainer = new Trainer(config(Map.of()), unsigned)) {
        trainer.start();
        labels.send(labels.classes(), 0, 10);
        unsigned.await(TrainingEvent.Published.class, 1);
      }
      Heard signed = new Heard();
      try (Trainer trainer = new Trainer(config(signing), signed)) {
        trainer.start();
        signed.await(TrainingEvent.Published.class, 1);
        trainer.retrain("test");
        signed.await(TrainingEvent.Published.class, 2);
      }
    }
    CheckpointCatalog trusting =
        new CheckpointCatalog(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new Topics(prefix),
            Trust.in(List.of(key.publicKey())));
    assertThat(trusting.versions("default"))
        .extracting(Manifest::version, m -> m.lineage().parentVersion(), m -> m.lineage().start())
        .containsExactly(tuple(2, 0, "fresh"), tuple(3, 2, "warm"));
  }

  @Test
  void aSecondTrainerTakesOverAndTheFirstGivesUpInTheMiddleOfItsRun() throws Exception {
    Heard first = new Heard();
    Heard second = new Heard();
    Map<String, String> endless = Map.of("training.epochs", "100000");
    Map<String, String> elsewhere =
        Map.of("state-dir", folder.resolve("second").toString(), "retrain.on-start", "false");
    try (LabelledImages labels = labels();
        Trainer older = new Trainer(config(endless), first);
        Trainer newer = new Trainer(config(elsewhere), second)) {
      older.start();
      labels.send(labels.classes(), 0, 8);
      first.await(TrainingEvent.Epoch.class, 1);
      URI metrics = older.uri().resolve("/metrics");
      assertThat(get(metrics)).contains("ocellus_trainer_running{model=\"default\"} 1.0");

      newer.start();
      assertThat(first.await(TrainingEvent.Failed.class, 1).message())
          .contains("Another trainer has started for model 'default'");
      await().atMost(Duration.ofSeconds(20)).until(() -> !older.ready());
      assertThat(get(older.uri().resolve("/health/ready"))).contains("Another trainer has started");
      assertThat(status(older.uri().resolve("/health/live"))).isEqualTo(200);
      assertThat(get(metrics)).contains("ocellus_trainer_running{model=\"default\"} 0.0");
      assertThat(catalog().all()).isEmpty();

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
    try (Trainer older = new Trainer(config(idle), first);
        Trainer newer = new Trainer(config(elsewhere))) {
      older.start();
      await().atMost(Duration.ofSeconds(20)).until(older::ready);
      newer.start();
      await().atMost(Duration.ofSeconds(20)).until(() -> !older.ready());
      assertThat(first.await(TrainingEvent.Failed.class, 1).message())
          .contains("Another trainer has started for model 'default'");
    }
  }

  @Test
  void oneClassOrOneImageIsWaitedOnWithAWord() {
    Heard heard = new Heard();
    try (LabelledImages labels = labels();
        Trainer trainer = new Trainer(config(Map.of()), heard)) {
      trainer.start();
      heard.await(TrainingEvent.Waiting.class, 1);
      String one = labels.classes().get(0);
      labels.send(List.of(one), 0, 5);
      assertThat(heard.await(TrainingEvent.Waiting.class, 2).message())
          .contains("are of one class, " + one);
      labels.send(List.of(labels.classes().get(1)), 0, 1);
      assertThat(heard.await(TrainingEvent.Waiting.class, 3).message())
          .contains(labels.classes().get(1) + " has");
      assertThat(heard.all(TrainingEvent.Started.class)).isEmpty();
      assertThat(trainer.ready()).isTrue();
    }
  }

  private static String get(URI uri) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri).build());
  }

  private static int status(URI uri) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private String post(URI uri) throws IOException, InterruptedException {
    String token = Files.readString(folder.resolve("http-token")).strip();
    return send(
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer " + token)
            .POST(noBody())
            .build());
  }

  private static String send(HttpRequest request) throws IOException, InterruptedException {
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
