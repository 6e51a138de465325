package io.ocellus.trainer.training;

import ai.djl.Device;
import io.ocellus.network.Network;
import io.ocellus.network.Networks;
import io.ocellus.network.Normalization;
import io.ocellus.network.StateDict;
import io.ocellus.trainer.augment.Augmentations;
import io.ocellus.trainer.data.Dataset;
import io.ocellus.trainer.data.PixelSource;
import io.ocellus.trainer.data.Sample;
import io.ocellus.trainer.optim.Updates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains a network: per epoch one pass over the training images in a new order, then one
 * measurement on the held-out images. The weights of the most accurate epoch are kept.
 */
public final class TrainingRun {
  private final Device device;
  private final Progress progress;

  public TrainingRun(Device device, Progress progress) {
    this.device = device;
    this.progress = progress;
  }

  /**
   * Does what the plan says.
   *
   * @throws TrainingInterruptedException where the thread is interrupted
   * @throws DivergedException where the loss is no longer a number before one epoch was good
   */
  public Candidate train(Plan plan) {
    Network network = Networks.create(plan.network());
    int size = plan.pixels().size();
    try (NetworkOnDevice learner = new NetworkOnDevice(network, size, device, plan.seed())) {
      plan.start().ifPresent(learner::load);
      BatchSize batchSize = new BatchSize(plan.batchSize(), progress::halved);
      Updates updates = learner.updates(plan.optimization());
      List<EpochResult> history = new ArrayList<>();
      EpochResult best = null;
      Predictions predictions = null;
      StateDict weights = null;
      for (int epoch = 0; epoch < plan.epochs(); epoch++) {
        long begun = System.nanoTime();
        float rate = plan.rates().of(epoch);
        Evaluation train = learn(plan, learner, updates, batchSize, epoch, rate);
        if (!Double.isFinite(train.loss())) {
          break;
        }
        Judgement judgement =
            judge(learner, plan.data(), plan.pixels(), plan.normalization(), batchSize);
        Evaluation test = judgement.evaluation();
        boolean isBest = best == null || test.betterThan(best.test());
        Duration duration = Duration.ofNanos(System.nanoTime() - begun);
        EpochResult result = new EpochResult(epoch + 1, rate, train, test, isBest, duration);
        if (isBest) {
          best = result;
          predictions = judgement.predictions();
          weights = learner.stateDict();
        }
        history.add(result);
        progress.epoch(result);
      }
      if (best == null) {
        throw new DivergedException(plan.rates().of(0));
      }
      return new Candidate(network, weights, plan.normalization(), best, history, predictions);
    }
  }

  private Evaluation learn(
      Plan plan,
      NetworkOnDevice learner,
      Updates updates,
      BatchSize batchSize,
      int epoch,
      float rate) {
    BatchMaker maker =
        new BatchMaker(
            plan.pixels(),
            plan.data().classes().size(),
            plan.normalization(),
            plan.augmentations(),
            plan.seed());
    List<Sample> order = maker.shuffled(plan.data().train(), epoch);
    Tally tally = new Tally(plan.data().classes());
    int done = 0;
    try (BatchFeed feed = new BatchFeed(maker, order, batchSize.images(), epoch)) {
      while (feed.hasNext()) {
        HostBatch batch = feed.next();
        batchSize.run(
            batch,
            part -> {
              tally.add(learner.learn(part, plan.loss()));
              updates.step(rate);
            });
        done += batch.images();
        progress.images(epoch + 1, done, order.size());
        stopIfAsked();
      }
    }
    return tally.evaluation();
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
      return judge(judged, data, pixels, normalization, halving);
    }
  }

  private static Judgement judge(
      NetworkOnDevice network,
      Dataset data,
      PixelSource pixels,
      Normalization normalization,
      BatchSize batchSize) {
    BatchMaker maker =
        new BatchMaker(pixels, data.classes().size(), normalization, Augmentations.NONE, 0);
    Tally tally = new Tally(data.classes());
    Predictions.Gatherer gatherer = new Predictions.Gatherer(data.classes().size());
    try (BatchFeed feed = new BatchFeed(maker, data.test(), batchSize.images(), 0)) {
      while (feed.hasNext()) {
        batchSize.run(
            feed.next(),
            part -> {
              Scores scores = network.judge(part);
              tally.add(scores);
              gatherer.add(part.ids(), scores);
            });
        stopIfAsked();
      }
    }
    return new Judgement(tally.evaluation(), gatherer.predictions());
  }

  private static void stopIfAsked() {
    if (Thread.currentThread().isInterrupted()) {
      throw new TrainingInterruptedException();
    }
  }
}
