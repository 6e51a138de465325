package io.ocellus.trainer.training;

import io.ocellus.network.MalformedWeightsException;
import io.ocellus.network.Safetensors;
import io.ocellus.network.StateDict;
import io.ocellus.service.Json;
import io.ocellus.service.JsonFieldException;
import io.ocellus.service.Required;
import io.ocellus.service.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder where a run saves its state after every epoch, so that it goes on from there when its
 * process ends, however it ends. Each epoch is a folder that appears whole, by being renamed,
 * before the one of the epoch before is deleted.
 */
public final class RunFolder {
  private static final Logger log = LoggerFactory.getLogger(RunFolder.class);
  private static final String PREFIX = "epoch-";

  private final Path folder;
  private final String data;
  private final EpochSaving saving;

  /** What stands in the JSON file. */
  private record Position(
      @Required String plan,
      @Required int batchSize,
      @Required long steps,
      @Required List<EpochResult> history,
      @Required Predictions predictions) {}

  /**
   * @param folder of one run; made where it is missing
   * @param data names the images and how they are framed, so that a run goes on only with the same:
   *     a snapshot's offsets, say
   */
  public RunFolder(Path folder, String data, EpochSaving saving) {
    this.folder = folder;
    this.data = data;
    this.saving = saving;
  }

  /** Whether a run was begun in that folder, and not cleared away. */
  public static boolean isBegun(Path folder) {
    return newest(folder).isPresent();
  }

  /** Where the run of this plan stands; empty where there is none, or none that can go on. */
  Optional<RunState> load(Plan plan) {
    Optional<Path> newest = newest(folder);
    if (newest.isEmpty()) {
      return Optional.empty();
    }
    try {
      Path saved = newest.get();
      Position position =
          StrictJson.read(Files.readAllBytes(saved.resolve("run.json")), Position.class);
      if (!position.plan().equals(identity(plan))) {
        log.warn("The run in {} was of other images or settings: training starts anew", folder);
        return Optional.empty();
      }
      log.info("Training goes on after epoch {}, from {}", position.history().size(), saved);
      return Optional.of(
          new RunState(
              position.batchSize(),
              position.steps(),
              position.history(),
              Safetensors.read(saved.resolve("weights.safetensors")),
              Safetensors.read(saved.resolve("optimizer.safetensors")),
              average(saved.resolve("average.safetensors")),
              Safetensors.read(saved.resolve("best.safetensors")),
              position.predictions()));
    } catch (IOException
        | UncheckedIOException
        | JsonFieldException
        | MalformedWeightsException e) {
      log.warn("The run in {} cannot be read, so training starts anew: {}", folder, e.getMessage());
      return Optional.empty();
    }
  }

  private static Optional<StateDict> average(Path file) {
    return Files.exists(file) ? Optional.of(Safetensors.read(file)) : Optional.empty();
  }

  /**
   * Saves it, unless that is not wanted; where it fails, keeps what was saved before. A thread that
   * is interrupted saves nevertheless, and is interrupted afterwards.
   *
   * @throws UncheckedIOException where it fails and is required
   */
  void save(Plan plan, RunState state) {
    if (saving == EpochSaving.NEVER) {
      return;
    }
    int epoch = state.history().size();
    Path part = folder.resolve("part");
    try {
      write(plan, state, part);
      keepOnly(part, folder.resolve(PREFIX + epoch));
    } catch (IOException | UncheckedIOException e) {
      clear(part);
      if (Thread.interrupted()) {
        saveInterrupted(plan, state);
      } else {
        failed(epoch, e);
      }
    }
  }

  /** Once more: an interruption closes the file that is being written. */
  private void saveInterrupted(Plan plan, RunState state) {
    try {
      save(plan, state);
    } finally {
      Thread.currentThread().interrupt();
    }
  }

  private void write(Plan plan, RunState state, Path part) throws IOException {
    delete(part);
    Files.createDirectories(part);
    Safetensors.write(state.weights(), part.resolve("weights.safetensors"));
    Safetensors.write(state.memory(), part.resolve("optimizer.safetensors"));
    Safetensors.write(state.best(), part.resolve("best.safetensors"));
    state.average().ifPresent(a -> Safetensors.write(a, part.resolve("average.safetensors")));
    Position position =
        new Position(
            identity(plan), state.batchSize(), state.steps(), state.history(), state.predictions());
    Json.MAPPER.writeValue(part.resolve("run.json").toFile(), position);
  }

  private void keepOnly(Path part, Path whole) throws IOException {
    delete(whole);
    Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
    for (Path older : epochs(folder)) {
      if (!older.equals(whole)) {
        delete(older);
      }
    }
  }

  /** What could not be written whole takes no more room. */
  private static void clear(Path part) {
    try {
      delete(part);
    } catch (IOException e) {
      log.warn("{} could not be deleted: {}", part, e.getMessage());
    }
  }

  private void failed(int epoch, Exception e) {
    Throwable cause = e instanceof UncheckedIOException && e.getCause() != null ? e.getCause() : e;
    if (saving == EpochSaving.REQUIRED) {
      throw new UncheckedIOException(
          "Epoch %d could not be saved to %s, and training.save-epochs is required: make room there"
                  .formatted(epoch, folder)
              + " and start the run again, which goes on after the last epoch that is saved",
          cause instanceof IOException io ? io : new IOException(cause));
    }
    log.error(
        "Epoch {} could not be saved to {}: {}. Training goes on; make room there, or an"
            + " interruption costs the epochs since",
        epoch,
        folder,
        cause.getMessage());
  }

  private String identity(Plan plan) {
    return plan.identity() + " " + data;
  }

  private static Optional<Path> newest(Path folder) {
    try {
      return epochs(folder).stream().max(Comparator.comparingInt(RunFolder::epoch));
    } catch (IOException e) {
      throw new UncheckedIOException("The run's folder %s cannot be read".formatted(folder), e);
    }
  }

  private static List<Path> epochs(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.filter(p -> p.getFileName().toString().matches(PREFIX + "\\d+")).toList();
    }
  }

  private static int epoch(Path saved) {
    return Integer.parseInt(saved.getFileName().toString().substring(PREFIX.length()));
  }

  private static void delete(Path saved) throws IOException {
    if (Files.isDirectory(saved)) {
      try (Stream<Path> files = Files.list(saved)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
    }
    Files.deleteIfExists(saved);
  }
}
