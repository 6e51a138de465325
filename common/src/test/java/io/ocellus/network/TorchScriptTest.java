package io.ocellus.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.NoopTranslator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchScriptTest {
  private static final int SIZE = 32;

  @TempDir Path folder;

  private final Network network = Networks.create(new NetworkSpec("se-densenet-light", 4));
  private final StateDict weights = FormulaWeights.of(network);

  @Test
  void theSameWeightsGiveTheSameBytes() throws IOException {
    Path first = write(Normalization.IMAGENET, "first.pt");
    Path second = write(Normalization.IMAGENET, "second.pt");
    assertThat(Files.readAllBytes(first)).isEqualTo(Files.readAllBytes(second));
  }

  @Test
  void everyEntryIsStoredAtAMultipleOf64Bytes() throws IOException {
    ByteBuffer zip =
        ByteBuffer.wrap(Files.readAllBytes(write(Normalization.NONE, "model.pt")))
            .order(ByteOrder.LITTLE_ENDIAN);
    int entries = 0;
    int at = 0;
    while (zip.getInt(at) == 0x04034b50) {
      int data = at + 30 + zip.getShort(at + 26) + zip.getShort(at + 28);
      assertThat(zip.getShort(at + 8)).as("stored").isZero();
      assertThat(data % 64).as("alignment").isZero();
      at = data + zip.getInt(at + 18);
      entries++;
    }
    assertThat(entries).isGreaterThan(10);
  }

  @Test
  void normalisationIsInside() {
    float[] images = new float[3 * SIZE * SIZE];
    float[] normalised = new float[images.length];
    for (int i = 0; i < images.length; i++) {
      int channel = i / (SIZE * SIZE);
      images[i] = (i % 256) / 255f;
      normalised[i] =
          (images[i] - Normalization.IMAGENET.mean().get(channel))
              / Normalization.IMAGENET.std().get(channel);
    }
    float[] deployed = Running.deployed(write(Normalization.IMAGENET, "model.pt"), images, SIZE);
    Logits.assertClose(deployed, Running.block(network, weights, normalised, SIZE), 1e-4);
  }

  @Test
  void noBatchNormBehindAConvolutionIsLeft() {
    Deployable deployable = Deployable.of(network, weights);
    assertThat(deployable.graph().nodes())
        .noneMatch(node -> node.name().endsWith("norm2") || node.name().endsWith("norm0"));
  }

  @Test
  void weightsOfAnotherNetworkAreRefusedByName() {
    Network other = Networks.create(new NetworkSpec("se-densenet-light", 7));
    assertThatThrownBy(
            () -> TorchScript.write(other, weights, Normalization.NONE, folder.resolve("model.pt")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("classifier.weight")
        .hasMessageContaining("(7, ");
    Map<String, Tensor> incomplete = new LinkedHashMap<>(weights.entries());
    incomplete.remove("features.conv0.weight");
    assertThatThrownBy(() -> network.checkMatches(new StateDict(incomplete)))
        .hasMessageContaining("features.conv0.weight");
  }

  @Test
  void predictorsInSeveralThreadsAgree() throws Exception {
    Path file = write(Normalization.NONE, "model.pt");
    float[] images = FormulaWeights.images(3, SIZE);
    float[] expected = Running.block(network, weights, images, SIZE);
    Criteria<NDList, NDList> criteria =
        Criteria.builder()
            .setTypes(NDList.class, NDList.class)
            .optModelPath(file)
            .optEngine("PyTorch")
            .optTranslator(new NoopTranslator())
            .build();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (ZooModel<NDList, NDList> model = criteria.loadModel()) {
      List<Future<?>> runs = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        runs.add(threads.submit(predicting(model, images, expected)));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Callable<Void> predicting(
      ZooModel<NDList, NDList> model, float[] images, float[] expected) {
    return () -> {
      Running.oneThread();
      try (Predictor<NDList, NDList> predictor = model.newPredictor();
          NDManager manager = NDManager.newBaseManager()) {
        for (int i = 0; i < 10; i++) {
          NDList input = new NDList(manager.create(images, new Shape(3, 3, SIZE, SIZE)));
          float[] logits = predictor.predict(input).singletonOrThrow().toFloatArray();
          Logits.assertClose(logits, expected, 1e-4);
        }
      }
      return null;
    };
  }

  private Path write(Normalization normalization, String name) {
    Path file = folder.resolve(name);
    TorchScript.write(network, weights, normalization, file);
    return file;
  }
}
