package io.ocellus.network;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.loss.Loss;
import ai.djl.training.loss.SoftmaxCrossEntropyLoss;

/** Trains five steps from {@link FormulaWeights} on one batch of four, and tells the losses. */
final class TrainingLosses {
  private static final int STEPS = 5;
  private static final int BATCH = 4;

  private TrainingLosses() {}

  /** Arguments: network, input size, {@code FLOAT32} or {@code FLOAT64}. Prints a line per step. */
  public static void main(String[] args) {
    for (double loss : of(args[0], Integer.parseInt(args[1]), DataType.valueOf(args[2]))) {
      System.out.println(loss);
    }
  }

  static double[] of(String name, int size, DataType type) {
    Network network = Networks.create(new NetworkSpec(name, 10));
    GraphBlock block = new GraphBlock(network);
    block.load(FormulaWeights.of(network));
    TorchAdam adam = new TorchAdam();
    double[] losses = new double[STEPS];
    try (NDManager manager = NDManager.newBaseManager()) {
      Shape shape = new Shape(BATCH, 3, size, size);
      block.initialize(manager, type, shape);
      NDArray images =
          manager.create(FormulaWeights.images(BATCH, size), shape).toType(type, false);
      NDArray labels = manager.create(new float[] {0, 1, 2, 3});
      for (int i = 0; i < STEPS; i++) {
        losses[i] = gradient(block, images, labels);
        adam.step(block);
      }
    }
    return losses;
  }

  private static double gradient(GraphBlock block, NDArray images, NDArray labels) {
    Loss crossEntropy = new SoftmaxCrossEntropyLoss();
    try (NDManager manager = images.getManager().newSubManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray input = images.duplicate();
      input.attach(manager);
      NDList logits =
          block.forward(new ParameterStore(manager, false), new NDList(input), true, null);
      NDArray loss = crossEntropy.evaluate(new NDList(labels), logits);
      collector.backward(loss);
      return loss.toType(DataType.FLOAT64, false).getDouble();
    }
  }
}
