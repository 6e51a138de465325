package io.ocellus.trainer.publish;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import io.ocellus.checkpoint.Checkpoint;
import io.ocellus.network.GraphBlock;
import io.ocellus.network.Normalization;
import io.ocellus.network.Safetensors;
import io.ocellus.trainer.training.Candidate;
import io.ocellus.trainer.training.CpuThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Opens the files of a candidate before anyone else does: the deploy graph must compute from images
 * what the trained network computes from the same images, normalised, with the weights as they were
 * written. On the CPU and with one thread, as they serve.
 */
final class FilesCheck {
  private static final int IMAGES = 2;

  /**
   * Of the largest logit. Folded batch norms and additions in another order change the sixth digit.
   */
  private static final double TOLERANCE = 1e-3;

  private FilesCheck() {}

  /**
   * Compares the logits of two images of noise.
   *
   * @param size width and height that the network was trained on
   * @throws UnfaithfulFilesException where they differ
   */
  static void check(Candidate candidate, int size, Path directory) {
    Shape shape = new Shape(IMAGES, 3, size, size);
    float[] images = noise(Math.toIntExact(shape.size()));
    float[] normalised = normalised(images, candidate.normalization());
    CpuThreads.all();
    JniUtils.setNumThreads(1);
    try {
      compare(deployed(directory, images, shape), trained(candidate, directory, normalised, shape));
    } finally {
      CpuThreads.all();
    }
  }

  private static float[] deployed(Path directory, float[] images, Shape shape) {
    try (Model model = Model.newInstance("candidate", Device.cpu(), "PyTorch")) {
      model.load(directory, Checkpoint.MODEL);
      return logits(model.getBlock(), model.getNDManager(), images, shape);
    } catch (MalformedModelException | EngineException e) {
      throw new UnfaithfulFilesException(
          "%s does not run. Nothing is published. PyTorch says: %s"
              .formatted(Checkpoint.MODEL, e.getMessage()),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be read".formatted(Checkpoint.MODEL), e);
    }
  }

  private static float[] trained(
      Candidate candidate, Path directory, float[] normalised, Shape shape) {
    GraphBlock block = new GraphBlock(candidate.network());
    block.load(Safetensors.read(directory.resolve(Checkpoint.WEIGHTS)));
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      block.initialize(manager, DataType.FLOAT32, shape);
      return logits(block, manager, normalised, shape);
    }
  }

  private static float[] logits(Block block, NDManager manager, float[] images, Shape shape) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray batch = scope.create(images, shape);
      return block
          .forward(new ParameterStore(scope, false), new NDList(batch), false)
          .singletonOrThrow()
          .toFloatArray();
    }
  }

  static void compare(float[] deployed, float[] trained) {
    double largest = 0;
    double apart = deployed.length == trained.length ? 0 : Double.NaN;
    for (int i = 0; i < trained.length && !Double.isNaN(apart); i++) {
      largest = Math.max(largest, Math.abs(trained[i]));
      apart = Math.max(apart, Math.abs((double) deployed[i] - trained[i]));
    }
    if (!(apart <= TOLERANCE * largest)) {
      throw new UnfaithfulFilesException(
          ("%s does not compute what was trained: its logits are up to %.3g apart, where the largest is %.3g."
                  + " Nothing is published. Is this a virtual machine that hides its processor's caches?"
                  + " Then set DNNL_MAX_CPU_ISA=AVX in the environment.")
              .formatted(Checkpoint.MODEL, apart, largest),
          null);
    }
  }

  private static float[] noise(int values) {
    SplittableRandom random = new SplittableRandom(1);
    float[] images = new float[values];
    for (int i = 0; i < values; i++) {
      images[i] = (float) random.nextDouble();
    }
    return images;
  }

  private static float[] normalised(float[] images, Normalization normalization) {
    int plane = images.length / (3 * IMAGES);
    float[] normalised = new float[images.length];
    for (int i = 0; i < images.length; i++) {
      int channel = i / plane % 3;
      normalised[i] =
          (images[i] - normalization.mean().get(channel)) / normalization.std().get(channel);
    }
    return normalised;
  }
}
