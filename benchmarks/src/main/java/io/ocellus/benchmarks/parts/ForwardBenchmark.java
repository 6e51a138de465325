package io.ocellus.benchmarks.parts;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import ai.onnxruntime.OrtException;
import io.ocellus.benchmarks.FreshModel;
import io.ocellus.benchmarks.ScratchFolder;
import io.ocellus.checkpoint.Checkpoint;
import io.ocellus.inferencer.serving.LoadedNetwork;
import io.ocellus.inferencer.serving.OnnxNetwork;
import io.ocellus.inferencer.serving.Precision;
import io.ocellus.inferencer.serving.ScriptNetwork;
import io.ocellus.inferencer.serving.SingleThreaded;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A forward pass on one thread: of a tensor that is there, and of images as the inferencer has
 * them. The difference is what it costs to make a batch of them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 4)
@Fork(1)
public class ForwardBenchmark {
  /** Network, width and height of its input. */
  @Param({"se-densenet-light:32", "se-densenet-bc-100-12:32", "se-densenet-121:224"})
  public String network;

  /** Images in a pass; on a CPU ONNX Runtime is served 4 at most, PyTorch 8. */
  @Param({"1", "4", "16"})
  public int batch;

  private ScratchFolder scratch;
  private Model model;
  private LoadedNetwork script;
  private LoadedNetwork bfloat16;
  private LoadedNetwork onnx;
  private ParameterStore store;
  private NDArray tensor;
  private List<byte[]> images;

  /** Writes and loads the network. */
  @Setup
  public void load() throws IOException, MalformedModelException, OrtException {
    SingleThreaded.here();
    String[] parts = network.split(":", -1);
    int size = Integer.parseInt(parts[1]);
    scratch = new ScratchFolder();
    FreshModel fresh =
        FreshModel.write(parts[0], size, List.of("a", "b", "c", "d"), scratch.path());
    model = Model.newInstance("bare", Device.cpu(), "PyTorch");
    model.load(fresh.folder(), Checkpoint.MODEL);
    store = new ParameterStore(model.getNDManager(), false);
    images = Collections.nCopies(batch, new byte[3 * size * size]);
    tensor =
        model
            .getNDManager()
            .create(FloatBuffer.allocate(batch * 3 * size * size), new Shape(batch, 3, size, size));
    Checkpoint checkpoint = new Checkpoint(fresh.draft(), fresh.folder());
    script = ScriptNetwork.load(checkpoint, Device.cpu());
    bfloat16 = ScriptNetwork.make(checkpoint, Device.cpu(), Precision.BFLOAT16, scratch.path());
    onnx = OnnxNetwork.load(checkpoint, scratch.path());
  }

  /** Frees and deletes it. */
  @TearDown
  public void free() throws IOException {
    onnx.close();
    bfloat16.close();
    script.close();
    model.close();
    scratch.close();
  }

  @Benchmark
  public float[] pytorchTensor() {
    try (NDList logits = model.getBlock().forward(store, new NDList(tensor), false)) {
      return logits.singletonOrThrow().toFloatArray();
    }
  }

  @Benchmark
  public float[][] pytorchImages() {
    return script.logits(images);
  }

  @Benchmark
  public float[][] pytorchBfloat16Images() {
    return bfloat16.logits(images);
  }

  @Benchmark
  public float[][] onnxRuntimeImages() {
    return onnx.logits(images);
  }
}
