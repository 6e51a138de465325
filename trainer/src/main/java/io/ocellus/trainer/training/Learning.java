package io.ocellus.trainer.training;

import io.ocellus.network.StateDict;
import io.ocellus.trainer.data.Sample;
import io.ocellus.trainer.optim.Moment;
import io.ocellus.trainer.optim.Updates;
import java.util.List;
import java.util.Optional;

/** What changes while a network learns: its weights, their average, the optimiser's memory. */
final class Learning {
  private final Plan plan;
  private final NetworkOnDevice network;
  private final Progress progress;
  private final BatchMaker maker;
  private final Updates updates;
  private final Optional<WeightAverage> average;
  private BatchSize batchSize;

  Learning(Plan plan, NetworkOnDevice network, Progress progress) {
    this.plan = plan;
    this.network = network;
    this.progress = progress;
    this.maker =
        new BatchMaker(
            plan.pixels(),
            plan.data().classes().size(),
            plan.normalization(),
            plan.augmentations(),
            plan.seed());
    plan.start().ifPresent(network::load);
    this.updates = network.updates(plan.optimization(), plan.mode());
    this.average = network.average(plan.optimization().averageDecay());
    this.batchSize = new BatchSize(plan.batchSize(), progress::halved);
  }

  /** Takes up where that left off. */
  void resume(RunState state) {
    network.load(state.weights());
    updates.resume(state.steps(), state.memory());
    average.ifPresent(a -> a.resume(state.average().orElseThrow()));
    batchSize = new BatchSize(state.batchSize(), progress::halved);
  }

  /** One pass over the training images; the next one after those that went before. */
  Evaluation pass(List<EpochResult> before) {
    int epoch = before.size();
    List<Double> losses = before.stream().map(result -> result.test().loss()).toList();
    network.seed(plan.seed(), epoch);
    List<Sample> order = maker.shuffled(plan.data().train(), epoch);
    Tally tally = new Tally(plan.data().classes());
    int done = 0;
    try (BatchFeed feed = new BatchFeed(maker, order, batchSize.images(), epoch)) {
      for (int step = 0; feed.hasNext(); step++) {
        HostBatch batch = feed.next();
        float rate =
            plan.rates().at(new Moment(epoch, plan.epochs(), step, feed.batches(), losses));
        batchSize.run(batch, part -> learn(part, rate, tally));
        done += batch.images();
        progress.images(epoch + 1, done, order.size(), tally.loss(), tally.accuracy());
        TrainingInterruptedException.throwIfAsked();
      }
    }
    return tally.evaluation();
  }

  private void learn(HostBatch part, float rate, Tally tally) {
    tally.add(network.learn(part, plan.loss(), plan.mode(), updates.lossScale()));
    updates.step(rate);
    average.ifPresent(a -> a.add(updates.steps()));
  }

  /** The weights that count: averaged, where they are. */
  StateDict weights() {
    StateDict weights = network.stateDict();
    return average.map(a -> a.stateDict(weights)).orElse(weights);
  }

  /** Measures the weights that count on the held-out images. */
  Judgement judge() {
    if (average.isEmpty()) {
      return network.judge(plan.data(), plan.pixels(), plan.normalization(), batchSize);
    }
    StateDict own = network.stateDict();
    network.load(weights());
    try {
      return network.judge(plan.data(), plan.pixels(), plan.normalization(), batchSize);
    } finally {
      network.load(own);
    }
  }

  /** All of it. */
  RunState state(List<EpochResult> history, StateDict best, Predictions predictions) {
    StateDict weights = network.stateDict();
    return new RunState(
        batchSize.images(),
        updates.steps(),
        history,
        weights,
        updates.memory(),
        average.map(a -> a.stateDict(weights)),
        best,
        predictions);
  }
}
