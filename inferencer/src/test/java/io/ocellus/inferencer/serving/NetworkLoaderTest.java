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
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  void bfloat16IsMadeOfTheWeightsAndNearlyTheSame() throws Exception {
    Files.delete(checkpoint.file(Checkpoint.MODEL));
    List<byte[]> images = images(5);
    try (LoadedNetwork full = load(EngineChoice.ONNXRUNTIME);
        LoadedNetwork lower =
            ScriptNetwork.make(checkpoint, Device.cpu(), Precision.BFLOAT16, scratch)) {
      assertThat(lower.engine()).startsWith("PyTorch ").endsWith(" in bfloat16");
      float[][] expected = full.logits(images);
      float[][] logits = lower.logits(images);
      assertThat(Arrays.deepEquals(logits, expected)).isFalse();
      for (int i = 0; i < images.size(); i++) {
        for (int c = 0; c < 3; c++) {
          assertThat(logits[i][c]).isCloseTo(expected[i][c], within(0.02f));
        }
      }
    }
    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void bfloat16IsNotForOnnxRuntime() {
    assertThatThrownBy(() -> load(EngineChoice.ONNXRUNTIME, Precision.BFLOAT16))
        .hasMessageContaining("set engine to auto or pytorch, or precision to float32");
  }

  @Test
  void bfloat16RunsWhereItIsFast() throws Exception {
    try (LoadedNetwork fast = load(true);
        LoadedNetwork slow = load(false)) {
      assertThat(fast.engine()).startsWith("PyTorch ").endsWith(" in bfloat16");
      assertThat(slow.engine()).startsWith("ONNX Runtime ");
    }
  }

  @Test
  void whatComesWithoutWeightsRunsInFloat32() throws Exception {
    Files.delete(checkpoint.file(Checkpoint.WEIGHTS));
    try (LoadedNetwork network = load(true)) {
      assertThat(network.engine()).startsWith("PyTorch ").doesNotContain("bfloat16");
    }
  }

  @Test
  void bfloat16CannotBeMadeWithoutWeights() throws Exception {
    Files.delete(checkpoint.file(Checkpoint.WEIGHTS));
    assertThatThrownBy(
            () -> ScriptNetwork.make(checkpoint, Device.cpu(), Precision.BFLOAT16, scratch))
        .hasStackTraceContaining(Checkpoint.WEIGHTS);
    assertThat(scratch).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({
    "flags : fpu avx512f avx512_bf16 clzero, true",
    "flags : amx_bf16 avx512_vnni, true",
    "Features : asimd i8mm bf16, false",
    "flags : avx2 avx512f avx512bw, false",
  })
  void aProcessorSaysWhetherItMultipliesInBfloat16(String processors, boolean has) {
    assertThat(NativeBfloat16.hasFlag(processors)).isEqualTo(has);
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
    return load(engine, Precision.FLOAT32);
  }

  private LoadedNetwork load(boolean nativeBfloat16) throws Exception {
    return new NetworkLoader(
            EngineChoice.AUTO, Precision.BFLOAT16, Device::cpu, device -> nativeBfloat16, scratch)
        .load(checkpoint);
  }

  private LoadedNetwork load(EngineChoice engine, Precision precision) throws Exception {
    return new NetworkLoader(engine, precision, Device::cpu, scratch).load(checkpoint);
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
