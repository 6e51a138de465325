package io.ocellus.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ai.djl.Device;
import io.ocellus.checkpoint.Checkpoint;
import io.ocellus.checkpoint.CheckpointCatalog;
import io.ocellus.checkpoint.CheckpointPublisher;
import io.ocellus.checkpoint.FileEntry;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.checkpoint.Trust;
import io.ocellus.network.NetworkSpec;
import io.ocellus.network.Networks;
import io.ocellus.network.Safetensors;
import io.ocellus.signature.KeyPairFiles;
import io.ocellus.testbed.Broker;
import io.ocellus.trainer.report.ReportFigures;
import io.ocellus.trainer.report.RunReport;
import io.ocellus.trainer.training.NetworkOnDevice;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The whole service on a real broker, with a network small enough to train in seconds. */
class TrainerIT {
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
  void labelsBecomeVersionsThatImproveOnEachOther() {
    Heard heard = new Heard();
    Map<String, String> settings =
        Map.of(
            "retrain.after-labels",
            "40",
            "training.initial-weights",
            weightsForTenClasses().toString());
    try (Trainer trainer = new Trainer(bench.config(settings), heard);
        LabelledImages labels = bench.labels()) {
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

    List<Manifest> versions = bench.catalog().versions("default");
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
    Checkpoint checkpoint = bench.catalog().fetch("default", 2, folder.resolve("fetched"));
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
  void aVersionThatACommandPublishesDuringARunIsWhatItsCandidateIsComparedWith() {
    Heard heard = new Heard();
    Path files = folder.resolve("fetched");
    try (Trainer trainer = new Trainer(bench.config(Map.of("training.epochs", "20")), heard);
        LabelledImages labels = bench.labels()) {
      trainer.start();
      labels.send(labels.classes(), 0, 20);
      heard.await(TrainingEvent.Published.class, 1);
      Checkpoint first = bench.catalog().fetch("default", 1, files);
      trainer.retrain("test");
      heard.await(TrainingEvent.Started.class, 2);
      try (CheckpointPublisher command = bench.command()) {
        assertThat(command.publish(first.manifest(), files).version()).isEqualTo(2);
      }
      assertThat(heard.await(TrainingEvent.Published.class, 2).version()).isEqualTo(3);
      List<TrainingEvent.Evaluated> evaluated = heard.all(TrainingEvent.Evaluated.class);
      assertThat(evaluated.get(evaluated.size() - 1).servingVersion()).isEqualTo(2);
      assertThat(trainer.ready()).isTrue();
    }
    assertThat(bench.catalog().versions("default"))
        .extracting(Manifest::publishedBy, manifest -> manifest.lineage().parentVersion())
        .containsExactly(
            tuple(Manifest.TRAINER, 0), tuple(Manifest.COMMAND, 0), tuple(Manifest.TRAINER, 2));
  }

  @Test
  void aWorseCandidateIsRefusedAndNotPublished() {
    try (LabelledImages labels = bench.labels()) {
      Heard good = new Heard();
      try (Trainer trainer = new Trainer(bench.config(Map.of("training.epochs", "8")), good)) {
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
      try (Trainer trainer = new Trainer(bench.config(settings), absurd)) {
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
    assertThat(bench.catalog().versions("default")).hasSize(1);
  }

  @Test
  void withASigningKeyVersionsAreSignedAndARunBuildsOnSignedOnesAlone() throws Exception {
    KeyPairFiles key = KeyPairFiles.generate(folder.resolve("trainer"));
    Map<String, String> signing = Map.of("checkpoints.signing-key", key.privateKey().toString());
    Heard unsigned = new Heard();
    try (LabelledImages labels = bench.labels()) {
      try (Trainer trainer = new Trainer(bench.config(Map.of()), unsigned)) {
        trainer.start();
        labels.send(labels.classes(), 0, 10);
        unsigned.await(TrainingEvent.Published.class, 1);
      }
      Heard signed = new Heard();
      try (Trainer trainer = new Trainer(bench.config(signing), signed)) {
        trainer.start();
        signed.await(TrainingEvent.Published.class, 1);
        trainer.retrain("test");
        signed.await(TrainingEvent.Published.class, 2);
      }
    }
    CheckpointCatalog trusting = bench.catalog(Trust.in(List.of(key.publicKey())));
    assertThat(trusting.versions("default"))
        .extracting(Manifest::version, m -> m.lineage().parentVersion(), m -> m.lineage().start())
        .containsExactly(tuple(2, 0, "fresh"), tuple(3, 2, "warm"));
  }

  @Test
  void oneClassOrOneImageIsWaitedOnWithAWord() {
    Heard heard = new Heard();
    try (LabelledImages labels = bench.labels();
        Trainer trainer = new Trainer(bench.config(Map.of()), heard)) {
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

  private Path weightsForTenClasses() {
    NetworkSpec spec =
        new NetworkSpec("se-densenet-light", 10, Map.of("growth-rate", "4", "block-config", "1,1"));
    try (NetworkOnDevice fresh =
        new NetworkOnDevice(Networks.create(spec), TestBench.SIZE, Device.cpu(), 1)) {
      Path file = folder.resolve("published.safetensors");
      Safetensors.write(fresh.stateDict(), file);
      return file;
    }
  }
}
