package io.ocellus.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import java.util.Optional;

/**
 * Where in an image a network sees a class, by Grad-CAM (Selvaraju et al. 2017, <a
 * href="https://arxiv.org/abs/1610.02391">arXiv 1610.02391</a>, equations 1 and 2): the network's
 * last maps, each weighted by the mean of the logit's gradient in it. For a network that ends in
 * the mean of each map and one linear layer that is the class activation map (Zhou et al. 2016, <a
 * href="https://arxiv.org/abs/1512.04150">arXiv 1512.04150</a>), whose sum is the logit but for the
 * bias. Here maps keep what speaks against the class, below zero, which the paper's ReLU drops.
 */
public final class ActivationMaps implements AutoCloseable {
  private final NDManager manager = NDManager.newBaseManager(Device.cpu());
  private final ParameterStore store = new ParameterStore(manager, false);
  private final int size;
  private final GraphBlock trunk;
  private final GraphBlock tail;

  /**
   * One map.
   *
   * @param extent its height and width
   * @param values row by row; above zero where the image speaks for the class
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record ActivationMap(int extent, float[] values) {}

  private ActivationMaps(LastMaps maps, StateDict weights, int size) {
    this.size = size;
    trunk = block(maps.trunk(), weights, new Shape(1, 3, size, size));
    tail = block(maps.tail(), weights, new Shape(1, maps.channels(), maps.extent(), maps.extent()));
  }

  private GraphBlock block(Network part, StateDict weights, Shape input) {
    GraphBlock block = new GraphBlock(part);
    block.load(weights);
    block.freezeParameters(true);
    block.initialize(manager, DataType.FLOAT32, input);
    return block;
  }

  /** Of a network for square images of that size; empty where it has no maps that lie on them. */
  public static Optional<ActivationMaps> of(Network network, StateDict weights, int size) {
    return LastMaps.of(network, size).map(maps -> new ActivationMaps(maps, weights, size));
  }

  /**
   * The map of one class.
   *
   * @param image 3 x size x size normalised values
   * @param label the class
   */
  public ActivationMap of(float[] image, int label) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray input = scope.create(image, new Shape(1, 3, size, size));
      NDArray maps = NoGradient.get(() -> trunk.judge(store, input));
      try (NDArray gradient = gradient(maps, label)) {
        int extent = Math.toIntExact(maps.getShape().get(2));
        Shape rows = new Shape(maps.getShape().get(1), (long) extent * extent);
        NDArray weights = gradient.reshape(rows).mean(new int[] {1}, true);
        NDArray map = NoGradient.get(() -> maps.reshape(rows).mul(weights).sum(new int[] {0}));
        return new ActivationMap(extent, map.toFloatArray());
      }
    }
  }

  private NDArray gradient(NDArray maps, int label) {
    maps.setRequiresGradient(true);
    return NoGradient.lifted(
        () -> {
          NDArray logits = tail.judge(store, maps);
          float[] chosen = new float[Math.toIntExact(logits.size())];
          chosen[label] = 1;
          NDArray start = maps.getManager().create(chosen, logits.getShape());
          JniUtils.backward((PtNDArray) logits, (PtNDArray) start, false, false);
          return maps.getGradient();
        });
  }

  @Override
  public void close() {
    manager.close();
  }
}
