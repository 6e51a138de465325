package io.ocellus.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ocellus.network.graph.ParameterSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names, shapes and counts are those of PyTorch's modules. */
class StateDictNamesTest {
  private static final Path REFERENCE = Path.of("../../shared/reference");

  /** Figures of torchvision, of the efficient DenseNet implementation, and of our modules. */
  @ParameterizedTest
  @CsvSource({
    "densenet-121, 1000, 7978856, 727",
    "densenet-121, 10, 6964106, 727",
    "densenet-161, 1000, 28681000, 967",
    "densenet-161, 10, 26494090, 967",
    "densenet-169, 1000, 14149480, 1015",
    "densenet-201, 1000, 20013928, 1207",
    "resnet-18, 1000, 11689512, 122",
    "resnet-18, 10, 11181642, 122",
    "resnet-34, 1000, 21797672, 218",
    "resnet-34, 2, 21285698, 218",
    "se-densenet-121, 1000, 7986280, 843",
    "se-densenet-121, 10, 6971530, 843",
    "se-densenet-121, 2, 6963330, 843",
    "densenet-bc-100-12, 10, 769162, 596",
    "se-densenet-bc-100-12, 1000, 1109884, 692",
    "se-densenet-bc-100-12, 10, 770314, 692",
    "se-densenet-bc-100-12, 2, 767570, 692"
  })
  void parametersAndEntriesAreAsMany(String name, int classes, long parameters, int entries) {
    Network network = Networks.create(new NetworkSpec(name, classes));
    assertThat(network.parameters()).isEqualTo(parameters);
    assertThat(network.stateDictSpecs()).hasSize(entries);
  }

  /** SHA-256 of lines {@code name [shape]}, in order. */
  @ParameterizedTest
  @CsvSource({
    "densenet-121, 1000, 590913c7c269d76d77aa7acde8b0d37d813b49d3bdeaca40e7cba1113b39795c",
    "se-densenet-121, 10, 4870ab1e156e082bcf0e0dbb43a3e13df06f72db1c8521e8317933d21ed15cba",
    "se-densenet-bc-100-12, 10, 79fecce361d1adb050d77ec646b90a8199ee0bad5006f7acfe8092a30d778a6e"
  })
  void namesAndShapesAreTheSameInOrder(String name, int classes, String sha256) throws Exception {
    StringBuilder lines = new StringBuilder();
    shapes(name, classes)
        .forEach((key, shape) -> lines.append("%s %s\n".formatted(key, Arrays.toString(shape))));
    byte[] hash =
        MessageDigest.getInstance("SHA-256")
            .digest(lines.toString().getBytes(StandardCharsets.UTF_8));
    assertThat(HexFormat.of().formatHex(hash)).isEqualTo(sha256);
  }

  @ParameterizedTest
  @CsvSource({
    "densenet-121, 1000, densenet121",
    "se-densenet-121, 10, se_densenet121",
    "se-densenet-bc-100-12, 10, se_densenet_bc100_k12_small"
  })
  void namesAndShapesAreThoseOfTheReferenceFolder(String name, int classes, String file)
      throws IOException {
    Path keys = REFERENCE.resolve(file + "_state_dict_keys.json");
    assumeTrue(Files.exists(keys), "the reference folder is not there");
    Map<String, long[]> expected =
        new JsonMapper().readValue(keys.toFile(), new TypeReference<>() {});

    Map<String, long[]> shapes = shapes(name, classes);

    assertThat(shapes.keySet()).containsExactlyElementsOf(expected.keySet());
    expected.forEach((key, shape) -> assertThat(shapes.get(key)).as(key).isEqualTo(shape));
  }

  private static Map<String, long[]> shapes(String name, int classes) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    Map<String, ParameterSpec> specs =
        Networks.create(new NetworkSpec(name, classes)).stateDictSpecs();
    specs.forEach((key, spec) -> shapes.put(key, spec.shape().getShape()));
    return shapes;
  }
}
