package io.ocellus.trainer.training;

import ai.djl.Device;
import io.ocellus.network.Network;
import io.ocellus.network.Networks;
import io.ocellus.network.Normalization;
import io.ocellus.network.StateDict;
import io.ocellus.trainer.data.Dataset;
import io.ocellus.trainer.data.PixelSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a network: per epoch one pass over the training images in a new order, then one
 * measurement on the held-out images. The weights of the most accurate epoch are kept.
 *
 * <p>On the same machine's CPU, with the same number of threads ({@code OMP_NUM_THREADS}; else it
 * follows the cores that are free), a plan always leads to the same weights bit for bit, whether or
 * not it was interrupted on the way.
 */
public final class TrainingRun {
  private static final Logger log = LoggerFactory.getLogger(TrainingRun.class);

  private final Device device;
  private final Progress progress;

  public TrainingRun(Device device, Progress progress) {
    this.device = device;
    this.progress = progress;
  }

  /** Does what the plan says, from the first epoch on. */
  public Candidate train(Plan plan) {
    return train(plan, Optional.empty());
  }

  /**
   * Does what the plan says.
   *
   * @param folder to go on from, where that plan was begun there, and to save every epoch to
   * @throws TrainingInterruptedException where the thread is interrupted
   * @throws DivergedException where the loss is no longer a number before one epoch was good
   */
  public Candidate train(Plan plan, Optional<RunFolder> folder) {
    Network network = Networks.create(plan.network());
    int size = plan.pixels().size();
    try (NetworkOnDevice onDevice = new NetworkOnDevice(network, size, device, plan.seed())) {
      Learning learning = new Learning(plan, onDevice, progress);
      List<EpochResult> history = new ArrayList<>();
      StateDict weights = null;
      Predictions predictions = null;
      Optional<RunState> saved = folder.flatMap(f -> f.load(plan));
      if (saved.isPresent()) {
        learning.resume(saved.get());
        history.addAll(saved.get().history());
        weights = saved.get().best();
        predictions = saved.get().predictions();
      }
      while (goesOn(plan, history)) {
        long begun = System.nanoTime();
        float rate = plan.rateAfter(history);
        Evaluation train = learning.pass(history);
        if (!Double.isFinite(train.loss())) {
          log.warn(
              "The loss of epoch {} is no longer a number, so the run ends there with the best of those before:"
                  + " training.learning-rate may be too high for this network",
              history.size() + 1);
          break;
        }
        Judgement judgement = learning.judge();
        Evaluation test = judgement.evaluation();
        boolean isBest = history.isEmpty() || test.betterThan(best(history).test());
        Duration duration = Duration.ofNanos(System.nanoTime() - begun);
        if (isBest) {
          weights = learning.weights();
          predictions = judgement.predictions();
        }
        EpochResult result =
            new EpochResult(history.size() + 1, rate, train, test, isBest, duration);
        history.add(result);
        if (folder.isPresent()) {
          folder.get().save(plan, learning.state(history, weights, predictions));
        }
        progress.epoch(result);
      }
      if (history.isEmpty()) {
        throw new DivergedException();
      }
      return new Candidate(
          network, weights, plan.normalization(), best(history), history, predictions);
    }
  }

  private static boolean goesOn(Plan plan, List<EpochResult> history) {
    int done = history.size();
    boolean patient =
        plan.patience() == 0 || done == 0 || done - best(history).epoch() < plan.patience();
    return done < plan.epochs() && patient;
  }

  /** The last one that was better than all before it. */
  private static EpochResult best(List<EpochResult> history) {
    return history.stream()
        .filter(EpochResult::best)
        .reduce((former, latter) -> latter)
        .orElseThrow();
  }

  /** Measures a network that is not being trained on the held-out images. */
  public Judgement judge(
      Network network,
      StateDict weights,
      Dataset data,
      PixelSource pixels,
      Normalization normalization,
      int batchSize) {
    try (NetworkOnDevice judged = new NetworkOnDevice(network, pixels.size(), device, 0)) {
      judged.load(weights);
      BatchSize halving = new BatchSize(batchSize, progress::halved);
      return judged.judge(data, pixels, normalization, halving);
    }
  }
}
