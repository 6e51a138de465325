package io.ocellus.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * Networks are torchvision's. The table has what torchvision 0.28 on PyTorch 2.13 has and gives:
 *
 * <ul>
 *   <li>parameters for 1000 classes;
 *   <li>the SHA-256 of lines {@code name [shape]} of the state dict for 10 classes, in order;
 *   <li>where they are not too large, logits for 10 classes with {@link FormulaWeights} for one
 *       image of the given size, in evaluation mode.
 * </ul>
 */
class TorchvisionTest {
  private static final int CLASSES = 10;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvFileSource(resources = "torchvision.csv", useHeadersInDisplayName = true)
  void parametersNamesAndLogitsAreTorchvisions(
      String name, long parameters, String sha256, Integer size, String option, String logits)
      throws Exception {
    assertThat(Networks.create(new NetworkSpec(name, 1000)).parameters()).isEqualTo(parameters);
    assertThat(sha256(Networks.create(new NetworkSpec(name, CLASSES)))).isEqualTo(sha256);
    if (logits != null) {
      assertLogits(Networks.create(new NetworkSpec(name, CLASSES, options(option))), size, logits);
    }
  }

  private void assertLogits(Network network, int size, String expected) {
    double[] logits = Stream.of(expected.split(" ")).mapToDouble(Double::parseDouble).toArray();
    StateDict weights = FormulaWeights.of(network);
    float[] images = FormulaWeights.images(1, size);
    Path file = folder.resolve("model.pt");
    TorchScript.write(network, weights, Normalization.NONE, file);
    float[] floats = new float[CLASSES];
    Arrays.setAll(logits, i -> floats[i] = (float) logits[i]);

    Logits.assertClose(Running.block(network, weights, images, size), floats, 1e-4);
    Logits.assertClose(Running.deployed(file, images, size), floats, 1e-4);
  }

  private static Map<String, String> options(String option) {
    if (option == null) {
      return Map.of();
    }
    String[] parts = option.split("=", 2);
    return Map.of(parts[0], parts[1]);
  }

  private static String sha256(Network network) throws Exception {
    String lines =
        network.stateDictSpecs().entrySet().stream()
            .map(e -> e.getKey() + " " + Arrays.toString(e.getValue().shape().getShape()) + "\n")
            .collect(Collectors.joining());
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(lines.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash);
  }
}
