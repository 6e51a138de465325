package io.ocellus.inferencer.serving;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.ocellus.checkpoint.Checkpoint;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.network.Network;
import io.ocellus.network.Networks;
import io.ocellus.network.Onnx;
import io.ocellus.network.Safetensors;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A checkpoint's network on ONNX Runtime, on the CPU. Its graph is made here, of the weights and of
 * the network that the manifest names: nothing that came with the checkpoint is run.
 */
public final class OnnxNetwork implements LoadedNetwork {
  /** The maps of more images fall out of a core's caches. */
  public static final int AT_A_TIME = 4;

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final int size;

  private OnnxNetwork(OrtEnvironment environment, OrtSession session, int size) {
    this.environment = environment;
    this.session = session;
    this.size = size;
  }

  /**
   * Loads {@code weights.safetensors} of a checkpoint; the file is not needed afterwards.
   *
   * @param scratch folder for the graph's file, which is gone when this returns
   * @throws IllegalArgumentException where this build has no such network, or the weights are not
   *     its
   * @throws LinkageError where ONNX Runtime does not run on this machine
   */
  public static OnnxNetwork load(Checkpoint checkpoint, Path scratch)
      throws OrtException, IOException {
    OrtEnvironment environment =
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "ocellus");
    environment.setTelemetry(false);
    Path graph = Files.createTempFile(Files.createDirectories(scratch), "graph-", ".onnx");
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      write(checkpoint, graph);
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      OrtSession session = environment.createSession(graph.toString(), options);
      return new OnnxNetwork(environment, session, checkpoint.manifest().preprocessing().size());
    } finally {
      Files.delete(graph);
    }
  }

  @Override
  public float[][] logits(List<byte[]> images) {
    FloatBuffer batch = ImageBatch.of(images).asFloatBuffer();
    long[] shape = {images.size(), 3, size, size};
    try (OnnxTensor input = OnnxTensor.createTensor(environment, batch, shape);
        OrtSession.Result result = session.run(Map.of(Onnx.IMAGES, input))) {
      return (float[][]) result.get(0).getValue();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
    }
  }

  @Override
  public int atATime() {
    return AT_A_TIME;
  }

  @Override
  public String engine() {
    return "ONNX Runtime " + environment.getVersion();
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
    }
  }

  private static void write(Checkpoint checkpoint, Path graph) {
    Manifest manifest = checkpoint.manifest();
    Path weights = checkpoint.file(Checkpoint.WEIGHTS);
    Network network = Networks.create(manifest.network(), weights);
    network.checkMaps(manifest.preprocessing().size());
    Onnx.write(
        network,
        Safetensors.read(weights),
        manifest.preprocessing().normalization(),
        manifest.preprocessing().size(),
        Map.of(),
        graph);
  }
}
