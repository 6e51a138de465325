package io.ocellus.inferencer.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.ocellus.checkpoint.Checkpoint;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.inferencer.TestModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkLoaderTest {
  private static final int SIZE = 32;

  @TempDir Path folder;
  @TempDir Path scratch;
  private Checkpoint checkpoint;

  @BeforeEach
  void write() {
    Manifest manifest = TestModel.of(SIZE, "cat", "dog", "owl").write(folder);
    checkpoint = new Checkpoint(manifest, folder);
  }

  @Test
  void bothEnginesGiveTheSameLogits() throws Exception {
    List<byte[]> images = images(5);
    try (LoadedNetwork pytorch = load(EngineChoice.PYTORCH);
        LoadedNetwork onnxruntime = load(EngineChoice.ONNXRUNTIME)) {
      assertThat(pytorch.engine()).startsWith("PyTorch ");
      assertThat(onnxruntime.engine()).startsWith("ONNX Runtime ");
      float[][] expected = pytorch.logits(images);
      float[][] logits = onnxruntime.logits(images);
      for (int i = 0; i < images.size(); i++) {
        for (int c = 0; c < 3; c++) {
          assertThat(logits[i][c]).isCloseTo(expected[i][c], within(1e-4f));
        }
      }
    }
  }

  @Test
  void onACpuOnnxRuntimeRunsWhatCanBeMade() throws Exception {
    try (LoadedNetwork network = load(EngineChoice.AUTO)) {
      assertThat(network.engine()).startsWith("ONNX Runtime ");
    }
  }

  @Test
  void pytorchRunsWhatComesWithoutWeights() throws Exception {
    Files.delete(checkpoint.file(Checkpoint.WEIGHTS));
    try (LoadedNetwork network = load(EngineChoice.AUTO)) {
      assertThat(network.engine()).startsWith("PyTorch ");
      assertThat(network.logits(images(1))[0]).hasSize(3);
    }
  }

  @Test
  void aLoadLeavesNoFileBehind() throws Exception {
    load(EngineChoice.ONNXRUNTIME).close();
    assertThat(scratch).isEmptyDirectory();
    Files.writeString(checkpoint.file(Checkpoint.WEIGHTS), "no weights");
    assertThatThrownBy(() -> load(EngineChoice.ONNXRUNTIME)).isInstanceOf(RuntimeException.class);
    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void manyThreadsShareOneNetwork() throws Exception {
    List<byte[]> images = images(8);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (LoadedNetwork network = load(EngineChoice.ONNXRUNTIME)) {
      float[][] alone = network.logits(images);
      List<Future<float[][]>> answers = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        answers.add(threads.submit(() -> network.logits(images)));
      }
      for (Future<float[][]> answer : answers) {
        assertThat(answer.get()).isDeepEqualTo(alone);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private LoadedNetwork load(EngineChoice engine) throws Exception {
    return new NetworkLoader(engine, Precision.FLOAT32, Device::cpu, scratch).load(checkpoint);
  }

  private static List<byte[]> images(int count) {
    Random random = new Random(1);
    List<byte[]> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] image = new byte[3 * SIZE * SIZE];
      random.nextBytes(image);
      images.add(image);
    }
    return images;
  }
}
