package io.ocellus.trainer.training;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.ocellus.network.GraphBlock;
import io.ocellus.network.Network;
import io.ocellus.network.Normalization;
import io.ocellus.network.StateDict;
import io.ocellus.network.TrainingMode;
import io.ocellus.network.TrainingPass;
import io.ocellus.trainer.augment.Augmentations;
import io.ocellus.trainer.data.Dataset;
import io.ocellus.trainer.data.PixelSource;
import io.ocellus.trainer.optim.Optimization;
import io.ocellus.trainer.optim.Updates;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A network with its weights and gradients on a device. Every batch lives in memory of its own that
 * is freed when the batch is done, and everything else when this is closed.
 */
public final class NetworkOnDevice implements AutoCloseable {
  private final Network network;
  private final GraphBlock block;
  private final NDManager manager;
  private final ParameterStore store;
  private final Optional<CpuThreads> threads;

  /** Starts with fresh weights, the same for the same seed. */
  public NetworkOnDevice(Network network, int size, Device device, long seed) {
    Engine.getInstance().setRandomSeed((int) (seed & Integer.MAX_VALUE));
    this.network = network;
    block = new GraphBlock(network);
    manager = NDManager.newBaseManager(device);
    block.initialize(manager, DataType.FLOAT32, new Shape(1, 3, size, size));
    store = new ParameterStore(manager, false);
    threads = device.isGpu() ? Optional.empty() : Optional.of(new CpuThreads());
  }

  /** Takes these weights. */
  public void load(StateDict weights) {
    block.load(weights);
  }

  /** The weights as they are now. */
  public StateDict stateDict() {
    return block.stateDict();
  }

  /** Gets ready to move the parameters. */
  Updates updates(Optimization optimization, TrainingMode mode) {
    if (optimization.freezeBackbone()) {
      block.freezeBackbone();
    }
    String head = network.head() + ".";
    return new Updates(
        optimization.optimizer(),
        optimization.clipNorm(),
        mode.mixedPrecision(),
        parameters(),
        name -> name.startsWith(head) ? optimization.headFactor() : 1,
        manager);
  }

  /** Starts to average the weights from here on; empty for no decay. */
  Optional<WeightAverage> average(float decay) {
    return decay == 0
        ? Optional.empty()
        : Optional.of(new WeightAverage(decay, parameters(), manager));
  }

  private Map<String, Parameter> parameters() {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    block.getParameters().forEach(pair -> parameters.put(pair.getKey(), pair.getValue()));
    return parameters;
  }

  /** What dropout does in an epoch follows from its number, not from what came before it. */
  void seed(long seed, int epoch) {
    block.seed(new SplittableRandom(seed ^ ~epoch).nextLong());
  }

  /**
   * Scores and mean loss of one training step, before the optimiser moves.
   *
   * @param lossScale what the loss is multiplied by before gradients are made of it
   */
  Scores learn(HostBatch batch, CrossEntropy loss, TrainingMode mode, float lossScale) {
    threads.ifPresent(CpuThreads::adapt);
    try (NDManager scope = manager.newSubManager();
        GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
      NDArray images = inputs(scope, batch).singletonOrThrow();
      TrainingPass pass = block.train(store, images, mode);
      NDArray mean = loss.of(pass.logits(), batch);
      pass.backward(lossScale == 1 ? mean : mean.mul(lossScale), gradients);
      return scores(pass.logits(), mean, batch);
    }
  }

  /** Scores and mean loss in evaluation: batch norms with their running statistics, no gradient. */
  Scores judge(HostBatch batch) {
    threads.ifPresent(CpuThreads::adapt);
    try (NDManager scope = manager.newSubManager()) {
      NDArray logits = block.forward(store, inputs(scope, batch), false).singletonOrThrow();
      return scores(logits, CrossEntropy.PLAIN.of(logits, batch), batch);
    }
  }

  /** Measures it on the held-out images. */
  Judgement judge(
      Dataset data, PixelSource pixels, Normalization normalization, BatchSize batchSize) {
    BatchMaker maker =
        new BatchMaker(pixels, data.classes().size(), normalization, Augmentations.NONE, 0);
    Tally tally = new Tally(data.classes());
    Predictions.Gatherer gatherer = new Predictions.Gatherer(data.classes().size());
    try (BatchFeed feed = new BatchFeed(maker, data.test(), batchSize.images(), 0)) {
      while (feed.hasNext()) {
        batchSize.run(
            feed.next(),
            part -> {
              Scores scores = judge(part);
              tally.add(scores);
              gatherer.add(part.ids(), scores);
            });
        TrainingInterruptedException.throwIfAsked();
      }
    }
    return new Judgement(tally.evaluation(), gatherer.predictions());
  }

  private static NDList inputs(NDManager scope, HostBatch batch) {
    Shape shape = new Shape(batch.images(), 3, batch.size(), batch.size());
    return new NDList(scope.create(batch.pixels(), shape));
  }

  private static Scores scores(NDArray logits, NDArray mean, HostBatch batch) {
    int classes = Math.toIntExact(logits.getShape().get(1));
    return new Scores(logits.toFloatArray(), classes, mean.toFloatArray()[0], batch.labels());
  }

  @Override
  public void close() {
    manager.close();
    threads.ifPresent(CpuThreads::close);
    FreedMemory.giveBack();
  }
}
