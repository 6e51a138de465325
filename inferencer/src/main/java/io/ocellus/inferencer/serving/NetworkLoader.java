package io.ocellus.inferencer.serving;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.onnxruntime.OrtException;
import io.ocellus.checkpoint.Checkpoint;
import io.ocellus.network.DeployGraphCheck;
import io.ocellus.network.Networks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads checkpoints on the engine that was chosen. */
public final class NetworkLoader {
  private static final Logger log = LoggerFactory.getLogger(NetworkLoader.class);

  private final EngineChoice engine;
  private final Precision precision;
  private final Supplier<Device> device;
  private final Predicate<Device> nativeBfloat16;
  private final Path scratch;

  /**
   * @param device where networks run; asked for at each load
   * @param scratch folder for a file that a load needs and deletes
   * @throws IllegalArgumentException where that engine does not compute in that precision
   */
  public NetworkLoader(
      EngineChoice engine, Precision precision, Supplier<Device> device, Path scratch) {
    this(engine, precision, device, NativeBfloat16::on, scratch);
  }

  NetworkLoader(
      EngineChoice engine,
      Precision precision,
      Supplier<Device> device,
      Predicate<Device> nativeBfloat16,
      Path scratch) {
    if (engine == EngineChoice.ONNXRUNTIME && precision != Precision.FLOAT32) {
      throw new IllegalArgumentException(
          "ONNX Runtime computes in float32 alone: set engine to auto or pytorch, or precision to float32");
    }
    this.engine = engine;
    this.precision = precision;
    this.device = device;
    this.nativeBfloat16 = nativeBfloat16;
    this.scratch = scratch;
  }

  /** Loads it; its files are not needed afterwards. */
  public LoadedNetwork load(Checkpoint checkpoint)
      throws IOException, MalformedModelException, OrtException {
    if (precision == Precision.BFLOAT16 && runsInBfloat16(checkpoint)) {
      return ScriptNetwork.make(checkpoint, device.get(), precision, scratch);
    }
    return switch (engine) {
      case PYTORCH -> ScriptNetwork.load(checkpoint, device.get());
      case ONNXRUNTIME -> OnnxNetwork.load(checkpoint, scratch);
      case AUTO -> auto(checkpoint);
    };
  }

  private boolean runsInBfloat16(Checkpoint checkpoint) throws IOException {
    if (!nativeBfloat16.test(device.get())) {
      warnOfFloat32(
          checkpoint,
          "this machine is not known to multiply in it, as processors with AVX512_BF16 or AMX do where no"
              + " DNNL_MAX_CPU_ISA is in the environment");
      return false;
    }
    if (!canBeMade(checkpoint)) {
      warnOfFloat32(checkpoint, "its graph is not one that this build makes");
      return false;
    }
    return true;
  }

  private static void warnOfFloat32(Checkpoint checkpoint, String why) {
    log.warn(
        "Version {} of model {} runs in float32, not in bfloat16: {}",
        checkpoint.manifest().version(),
        checkpoint.manifest().model(),
        why);
  }

  private LoadedNetwork auto(Checkpoint checkpoint)
      throws IOException, MalformedModelException, OrtException {
    Device where = device.get();
    if (where.isGpu() || !canBeMade(checkpoint)) {
      return ScriptNetwork.load(checkpoint, where);
    }
    try {
      return OnnxNetwork.load(checkpoint, scratch);
    } catch (LinkageError e) {
      log.warn("ONNX Runtime does not run on this machine, PyTorch does instead: {}", e.toString());
      return ScriptNetwork.load(checkpoint, where);
    }
  }

  /**
   * Whether its graph can be made here: it may come from a build with other networks, or with a
   * graph of somebody else's, which then is what is meant.
   */
  private static boolean canBeMade(Checkpoint checkpoint) throws IOException {
    return Networks.names().contains(checkpoint.manifest().network().name())
        && Files.exists(checkpoint.file(Checkpoint.WEIGHTS))
        && DeployGraphCheck.complaint(checkpoint.file(Checkpoint.MODEL)).isEmpty();
  }
}
