package io.ocellus.cli.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import io.ocellus.checkpoint.Checkpoint;
import io.ocellus.checkpoint.CheckpointFolder;
import io.ocellus.checkpoint.Lineage;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.cli.Ocellus;
import io.ocellus.image.Pixels;
import io.ocellus.image.Preprocessing;
import io.ocellus.image.Resize;
import io.ocellus.inferencer.serving.ScriptNetwork;
import io.ocellus.network.NetworkSpec;
import io.ocellus.network.Networks;
import io.ocellus.network.Normalization;
import io.ocellus.network.Safetensors;
import io.ocellus.network.StateDict;
import io.ocellus.network.TorchScript;
import io.ocellus.trainer.training.NetworkOnDevice;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportModelCommandTest {
  private static final int SIZE = 32;
  private static final NetworkSpec NETWORK = new NetworkSpec("se-densenet-light", 3);
  private static final List<String> CLASSES = List.of("owl", "\"tit\"", "wren");

  @TempDir private Path folder;
  private Path trained;
  private Path target;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void train() throws IOException {
    trained = Files.createDirectory(folder.resolve("trained"));
    target = folder.resolve("exported");
    StateDict weights;
    try (NetworkOnDevice fresh =
        new NetworkOnDevice(Networks.create(NETWORK), SIZE, Device.cpu(), 1)) {
      weights = fresh.stateDict();
    }
    TorchScript.write(
        Networks.create(NETWORK),
        weights,
        Normalization.IMAGENET,
        trained.resolve(Checkpoint.MODEL));
    Safetensors.write(weights, trained.resolve(Checkpoint.WEIGHTS));
    Manifest unused =
        CheckpointFolder.write(draft(), trained, List.of(Checkpoint.MODEL, Checkpoint.WEIGHTS));
    assertThat(unused.files()).hasSize(2);
  }

  @Test
  void aFolderIsExportedAsItIsWithTheNamesOfTheClasses() {
    assertThat(export()).as(err.toString()).isZero();

    assertThat(target.toFile().list())
        .containsExactlyInAnyOrder(
            "model.pt", "weights.safetensors", "manifest.json", "index_to_name.json");
    assertThat(target.resolve("model.pt"))
        .hasSameBinaryContentAs(trained.resolve(Checkpoint.MODEL));
    assertThat(target.resolve("index_to_name.json"))
        .hasContent("{\"0\":\"owl\",\"1\":\"\\\"tit\\\"\",\"2\":\"wren\"}");
    assertThat(CheckpointFolder.read(target).manifest())
        .isEqualTo(CheckpointFolder.read(trained).manifest());
    assertThat(out.toString()).contains("model.pt, weights.safetensors");
  }

  @Test
  void onnxComputesWhatTheDeployGraphDoes() throws Exception {
    assertThat(export("--format", "onnx")).as(err.toString()).isZero();

    assertThat(target.toFile().list())
        .containsExactlyInAnyOrder("model.onnx", "manifest.json", "index_to_name.json");
    byte[] image = image();
    float[] expected = logits(CheckpointFolder.read(trained), image);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(target.resolve("model.onnx").toString());
        OnnxTensor input =
            OnnxTensor.createTensor(
                environment, FloatBuffer.wrap(values(image)), new long[] {1, 3, SIZE, SIZE});
        OrtSession.Result result = session.run(Map.of("images", input))) {
      float[][] logits = (float[][]) result.get(0).getValue();
      assertClose(logits[0], expected);
      assertThat(session.getMetadata().getCustomMetadata())
          .containsEntry("model", "birds")
          .containsEntry("network", "se-densenet-light")
          .containsEntry("names", "{\"0\":\"owl\",\"1\":\"\\\"tit\\\"\",\"2\":\"wren\"}");
    }
  }

  @Test
  void whatTheFolderHasNotIsMadeOfTheWeights() throws Exception {
    byte[] original = Files.readAllBytes(trained.resolve(Checkpoint.MODEL));
    Manifest unused = CheckpointFolder.write(draft(), trained, List.of(Checkpoint.WEIGHTS));
    assertThat(unused.files()).hasSize(1);
    Files.delete(trained.resolve(Checkpoint.MODEL));

    assertThat(export("--format", "torchscript,safetensors")).as(err.toString()).isZero();

    assertThat(target.resolve("model.pt")).hasBinaryContent(original);
    assertThat(target.resolve("weights.safetensors"))
        .hasSameBinaryContentAs(trained.resolve(Checkpoint.WEIGHTS));
  }

  @Test
  void whatIsAskedForWronglyIsSaidAndNothingIsLeftBehind() throws IOException {
    assertThat(export("--format", "keras")).isEqualTo(2);
    assertThat(err.toString()).contains("TORCHSCRIPT, SAFETENSORS, ONNX");
    assertThat(export("3")).isEqualTo(2);
    assertThat(err.toString()).contains("--from takes what the folder holds");
    Files.write(trained.resolve(Checkpoint.WEIGHTS), new byte[10]);
    assertThat(export("--format", "onnx")).isOne();
    assertThat(err.toString()).contains("is not the file that its manifest promises");
    assertThat(folder.toFile().list()).containsExactly("trained");
  }

  private int export(String... more) {
    return Ocellus.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(
            Stream.concat(
                    Stream.of(
                        "models",
                        "export",
                        "--from",
                        trained.toString(),
                        "--to",
                        target.toString()),
                    Stream.of(more))
                .toArray(String[]::new));
  }

  private static float[] logits(Checkpoint checkpoint, byte[] image) throws Exception {
    try (ScriptNetwork network = ScriptNetwork.load(checkpoint, Device.cpu())) {
      return network.logits(List.of(image))[0];
    }
  }

  private static void assertClose(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(1e-4f));
    }
  }

  private static byte[] image() {
    byte[] image = new byte[3 * SIZE * SIZE];
    for (int i = 0; i < image.length; i++) {
      image[i] = (byte) (127.5 + 127.5 * Math.sin(0.01 * i));
    }
    return image;
  }

  private static float[] values(byte[] image) {
    float[] values = new float[image.length];
    for (int i = 0; i < image.length; i++) {
      values[i] = Pixels.value(image[i]);
    }
    return values;
  }

  private static Manifest draft() {
    return new Manifest(
        "birds",
        0,
        Instant.parse("2026-05-01T07:08:09.5Z"),
        NETWORK,
        CLASSES,
        new Preprocessing(SIZE, Resize.STRETCH, Normalization.IMAGENET),
        1.5,
        Map.of(),
        List.of(),
        new Lineage("run", "folder", 0, List.of(), 1, 1, "none", 1, Map.of(), "test"));
  }
}
