package io.ocellus.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.Device;
import io.ocellus.network.StateDict;
import io.ocellus.network.TrainingMode;
import io.ocellus.testbed.SmallDisk;
import io.ocellus.trainer.optim.Adam;
import io.ocellus.trainer.optim.Optimization;
import io.ocellus.trainer.optim.Sgd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumptionTest {
  private static final Optimization ADAMW =
      new Optimization(Adam.decoupled(0.05f), 1, 10, false, 0.99f);

  @TempDir private Path folder;
  private final List<Integer> epochs = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anInterruptedRunGoesOnToTheSameWeightsBitForBit(boolean mixed) throws IOException {
    Plan plan = Toy.plan(3, ADAMW, new TrainingMode(false, mixed));
    Candidate whole = train(plan, Optional.empty(), 9);
    epochs.clear();
    assertThatThrownBy(() -> train(plan, run("same"), 1))
        .isInstanceOf(TrainingInterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();
    Candidate resumed = train(plan, run("same"), 9);
    assertThat(epochs).containsExactly(1, 2, 3);
    assertSame(resumed.weights(), whole.weights());
    assertThat(resumed.best().test()).isEqualTo(whole.best().test());
    assertThat(resumed.predictions().logits()).isEqualTo(whole.predictions().logits());
    assertThat(resumed.history()).hasSize(3);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(folder.resolve("epoch-3"));
    }
  }

  @Test
  void anInterruptionInTheMiddleOfASaveCostsNoEpoch() {
    Plan plan = Toy.plan(1, ADAMW);
    train(plan, run("same"), 9);
    RunState state = run("same").orElseThrow().load(plan).orElseThrow();
    RunFolder elsewhere = new RunFolder(folder.resolve("else"), "same", EpochSaving.REQUIRED);
    Thread.currentThread().interrupt();
    elsewhere.save(plan, state);
    assertThat(Thread.interrupted()).isTrue();
    RunState saved = elsewhere.load(plan).orElseThrow();
    assertThat(saved.history()).hasSize(1);
    assertSame(saved.weights(), state.weights());
  }

  @Test
  void otherImagesOrSettingsStartAnew() {
    Optimization sgd = Optimization.with(new Sgd(0.9f, true, 0));
    train(Toy.plan(1, sgd), run("same"), 9);
    train(Toy.plan(1, sgd), run("same"), 9);
    assertThat(epochs).containsExactly(1);
    train(Toy.plan(1, sgd), run("others"), 9);
    assertThat(epochs).containsExactly(1, 1);
    train(Toy.plan(1, Optimization.with(new Sgd(0, false, 0))), run("others"), 9);
    assertThat(epochs).containsExactly(1, 1, 1);
  }

  @Test
  void whatCannotBeReadStartsAnewAndWhatCannotBeSavedGoesOn() throws IOException {
    Plan plan = Toy.plan(1, ADAMW);
    Files.createDirectory(folder.resolve("epoch-4"));
    train(plan, run("same"), 9);
    assertThat(epochs).containsExactly(1);
    Path file = Files.createFile(folder.resolve("file"));
    train(plan, Optional.of(new RunFolder(file, "same", EpochSaving.IF_POSSIBLE)), 9);
    assertThat(epochs).containsExactly(1, 1);
    assertThatThrownBy(
            () -> train(plan, Optional.of(new RunFolder(file, "same", EpochSaving.REQUIRED)), 9))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("training.save-epochs is required");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "null", "{\"plan\": 7}", "{\"plan\": null}", "{"})
  void aPositionThatLacksFieldsStartsAnew(String position) throws IOException {
    Plan plan = Toy.plan(1, ADAMW);
    train(plan, run("same"), 9);
    Files.writeString(folder.resolve("epoch-1/run.json"), position);
    assertThat(run("same").orElseThrow().load(plan)).isEmpty();
  }

  @Test
  void nothingIsSavedWhereThatIsNotWanted() throws IOException {
    train(Toy.plan(1, ADAMW), Optional.of(new RunFolder(folder, "same", EpochSaving.NEVER)), 9);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aFullDiskCostsNothingButWhatCouldNotBeSaved() throws Exception {
    Plan plan = Toy.plan(2, ADAMW);
    Candidate whole = train(plan, run("same"), 9);
    long bytes = bytes(folder.resolve("epoch-2"));
    epochs.clear();
    Optional<SmallDisk> mounted = SmallDisk.mount(folder.resolve("disk"), bytes * 3 / 2);
    assumeThat(mounted).as("this user may mount a small disk").isPresent();
    try (SmallDisk disk = mounted.orElseThrow()) {
      Candidate unsaved = train(plan, onDisk(disk, EpochSaving.IF_POSSIBLE), 9);
      assertThat(epochs).containsExactly(1, 2);
      assertSame(unsaved.weights(), whole.weights());
      try (Stream<Path> left = Files.list(disk.folder())) {
        assertThat(left).containsExactly(disk.folder().resolve("epoch-1"));
      }
      assertThatThrownBy(() -> train(plan, onDisk(disk, EpochSaving.REQUIRED), 9))
          .isInstanceOf(UncheckedIOException.class)
          .hasRootCauseMessage("No space left on device");
      disk.resize(bytes * 3);
      epochs.clear();
      Candidate resumed = train(plan, onDisk(disk, EpochSaving.REQUIRED), 9);
      assertThat(epochs).containsExactly(2);
      assertSame(resumed.weights(), whole.weights());
    }
  }

  private static Optional<RunFolder> onDisk(SmallDisk disk, EpochSaving saving) {
    return Optional.of(new RunFolder(disk.folder(), "same", saving));
  }

  private static long bytes(Path saved) throws IOException {
    try (Stream<Path> files = Files.list(saved)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private Optional<RunFolder> run(String data) {
    return Optional.of(new RunFolder(folder, data, EpochSaving.IF_POSSIBLE));
  }

  /** Interrupts in the epoch after that many. */
  private Candidate train(Plan plan, Optional<RunFolder> run, int whole) {
    Progress progress =
        new Toy.Silence() {
          @Override
          public void images(int epoch, int done, int of, double loss, double accuracy) {
            if (epoch > whole && done < of) {
              Thread.currentThread().interrupt();
            }
          }

          @Override
          public void epoch(EpochResult result) {
            epochs.add(result.epoch());
          }
        };
    return new TrainingRun(Device.cpu(), progress).train(plan, run);
  }

  private static void assertSame(StateDict found, StateDict expected) {
    expected
        .entries()
        .forEach(
            (name, tensor) ->
                assertThat(found.get(name).values()).as(name).isEqualTo(tensor.values()));
  }
}
