package io.ocellus.network;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logits are those that PyTorch gives with {@link FormulaWeights}. */
class ReferenceLogitsTest {
  private static final int CLASSES = 10;

  private static final Map<String, float[]> LOGITS =
      Map.of(
          "densenet-121",
          new float[] {
            2.851315f,
            -3.502607f,
            3.986414f,
            -4.061166f,
            3.700839f,
            -3.164479f,
            2.184393f,
            -1.088611f,
            -0.06366193f,
            1.351357f
          },
          "se-densenet-121",
          new float[] {
            1.827419f,
            -2.268642f,
            2.669149f,
            -2.678297f,
            2.508888f,
            -2.175062f,
            1.49471f,
            -0.8433846f,
            0.02666746f,
            0.8229301f
          },
          "se-densenet-bc-100-12",
          new float[] {
            0.7479525f,
            -0.6517738f,
            -0.8633286f,
            0.449248f,
            0.9600205f,
            -0.2521272f,
            -1.084796f,
            -0.06462063f,
            1.077771f,
            0.3941203f
          });

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"densenet-121, 224", "se-densenet-121, 224", "se-densenet-bc-100-12, 32"})
  void logitsArePyTorchsByTrainingBlockAndByDeployGraph(String name, int size) {
    Network network = Networks.create(new NetworkSpec(name, CLASSES));
    StateDict weights = FormulaWeights.of(network);
    float[] images = FormulaWeights.images(1, size);
    Path file = folder.resolve("model.pt");
    TorchScript.write(network, weights, Normalization.NONE, file);

    Logits.assertClose(Running.block(network, weights, images, size), LOGITS.get(name), 1e-4);
    Logits.assertClose(Running.deployed(file, images, size), LOGITS.get(name), 1e-4);
  }
}
