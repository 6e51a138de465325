package io.ocellus.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ocellus.file.Sha256;
import io.ocellus.service.Json;
import io.ocellus.topic.EventHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A manifest that is refused says by its path which field is wrong, and what it must be. */
class ManifestFieldsTest {
  private static final CheckpointKey KEY = CheckpointKey.manifest("birds", 2);

  /** May be absent or null, so that manifests of earlier versions are read. */
  private static final Set<String> OPTIONAL =
      Set.of(
          "/temperature",
          "/metrics",
          "/publishedBy",
          "/network/options",
          "/preprocessing/resize",
          "/lineage/run",
          "/lineage/reason",
          "/lineage/parentVersion",
          "/lineage/data",
          "/lineage/trainImages",
          "/lineage/testImages",
          "/lineage/splitRule",
          "/lineage/seed",
          "/lineage/configuration",
          "/lineage/codeVersion",
          "/lineage/start");

  private final ObjectNode manifest = real();

  private static ObjectNode real() {
    Manifest manifest =
        Drafts.manifest("birds", 1)
            .published(
                2,
                List.of(
                    new FileEntry("model.pt", 10, Sha256.hex(new byte[10]), 1),
                    new FileEntry("weights.safetensors", 0, Sha256.hex(new byte[0]), 1)));
    return Json.MAPPER.valueToTree(manifest);
  }

  /** The JSON pointer of every field of every record in it. */
  static Stream<String> fields() {
    List<String> fields = new ArrayList<>();
    collect("", real(), fields);
    return fields.stream()
        .filter(field -> !field.matches("/(metrics|network/options|lineage/configuration)/.*"));
  }

  private static void collect(String at, JsonNode node, List<String> fields) {
    node.properties()
        .forEach(
            field -> {
              fields.add(at + "/" + field.getKey());
              collect(at + "/" + field.getKey(), field.getValue(), fields);
            });
    if (node instanceof ArrayNode list) {
      for (int i = 0; i < list.size(); i++) {
        collect(at + "/" + i, list.get(i), fields);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("fields")
  void anAbsentFieldIsNamedUnlessItIsOptional(String pointer) throws Exception {
    parent(pointer).remove(name(pointer));

    if (OPTIONAL.contains(pointer)) {
      assertThat(read()).isNotNull();
    } else {
      assertRefused(path(pointer) + " is missing");
    }
  }

  @ParameterizedTest
  @MethodSource("fields")
  void aFieldThatIsNullIsNamedUnlessItIsOptional(String pointer) throws Exception {
    parent(pointer).putNull(name(pointer));

    if (OPTIONAL.contains(pointer)) {
      assertThat(read()).isNotNull();
    } else {
      assertRefused(path(pointer) + " must not be null");
    }
  }

  @ParameterizedTest
  @MethodSource("fields")
  void aFieldOfAnotherTypeIsNamedWithWhatItMustBe(String pointer) {
    JsonNode field = manifest.at(pointer);
    parent(pointer).set(name(pointer), Json.MAPPER.valueToTree(field.isArray() ? 7 : List.of(7)));

    assertRefused(path(pointer) + " must be ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/preprocessing/normalization/mean | [0.1, 0.2, \"x\"] | preprocessing.normalization.mean[2] must be a number",
        "/preprocessing/normalization/mean | [0.1, 0.2]        | preprocessing.normalization.mean must be three numbers, of red, green and blue, not 2",
        "/preprocessing/normalization/mean | [0.1, null, 0.2]  | preprocessing.normalization.mean[1] must not be null",
        "/preprocessing/normalization/mean | [0.1, 1e60, 0.2]  | preprocessing.normalization.mean[1] must be a finite number, not Infinity",
        "/preprocessing/normalization/std  | [0.1, 0.2, 0]     | preprocessing.normalization.std[2] must be above zero, not 0.0",
        "/preprocessing/size               | 3                 | preprocessing.size must be 8 to 4096 pixels, not 3",
        "/preprocessing/size               | 32.5              | preprocessing.size must be a whole number",
        "/preprocessing/size               | \"32\"            | preprocessing.size must be a whole number",
        "/preprocessing/size               | 5000000000        | preprocessing.size is out of range of a whole number of 32 bits",
        "/preprocessing/resize             | \"squeeze\"       | preprocessing.resize must be one of stretch, letterbox, center-crop, not 'squeeze'",
        "/created                          | \"yesterday\"     | created must be a time such as 2026-01-31T12:00:00Z, not 'yesterday'",
        "/network/classes                  | 1                 | network.classes must be 2 or more, not 1",
        "/network/classes                  | 4                 | classes has 3 labels, and network.classes is 4",
        "/network/options                  | {\"depth\": [1]}  | network.options.depth must be a string",
        "/network/options                  | {\"depth\": null} | network.options.depth must not be null",
        "/classes                          | [\"a\", null]     | classes[1] must not be null",
        "/metrics                          | {\"a\": \"high\"} | metrics.a must be a number",
        "/temperature                      | -1                | temperature must be a finite number above zero, not -1.0",
        "/files                            | []                | files must not be empty",
        "/files                            | [null]            | files[0] must not be null",
        "/files/1/name                     | \"../x\"          | files[1].name must be a file name without a path",
        "/files/1/name                     | \"model.pt\"      | files[1].name repeats model.pt",
        "/files/1/size                     | -1                | files[1].size must be 0 or more, not -1",
        "/files/1/sha256                   | \"abc\"           | files[1].sha256 must be 64 hexadecimal digits",
        "/files/1/chunks                   | 0                 | files[1].chunks must be 1 or more, not 0",
        "/lineage/data/0/from              | \"start\"         | lineage.data[0].from must be a whole number of 64 bits",
        "/lineage/data                     | [{}]              | lineage.data[0].topic is missing",
        "/version                          | 7                 | model and version are birds/7, and its key says birds/2"
      })
  void aValueOutOfPlaceIsNamedWithWhatItMustBe(String pointer, String value, String message)
      throws Exception {
    parent(pointer).set(name(pointer), Json.MAPPER.readTree(value));

    assertRefused(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"model\": \"birds\" | not JSON, at line 1, column",
        "[1]                   | it must be an object",
        "7                     | it must be an object",
        "null                  | it must be an object, not null",
        "{}                    | model is missing"
      })
  void whatIsNoManifestIsSaidToBeNone(String json, String message) {
    assertThatThrownBy(() -> ManifestRecord.read(KEY, record(json.getBytes(UTF_8))))
        .isInstanceOf(RefusedCheckpointException.class)
        .hasMessageContaining("its manifest cannot be used: ")
        .hasMessageContaining(message);
  }

  @Test
  void aFolderSaysItOfItsManifestToo(@TempDir Path folder) throws Exception {
    manifest.withArray("/files").removeAll().addObject().put("name", "../../etc/passwd");
    Files.write(folder.resolve(CheckpointFolder.MANIFEST), Json.MAPPER.writeValueAsBytes(manifest));

    assertThatThrownBy(() -> CheckpointFolder.read(folder))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("manifest.json cannot be used: files[0].size is missing");
  }

  private void assertRefused(String message) {
    assertThatThrownBy(this::read)
        .isInstanceOf(RefusedCheckpointException.class)
        .hasMessageContaining("its manifest cannot be used: " + message);
  }

  private Manifest read() throws Exception {
    return ManifestRecord.read(KEY, record(Json.MAPPER.writeValueAsBytes(manifest)));
  }

  private static ConsumerRecord<byte[], byte[]> record(byte[] json) {
    ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("topic", 0, 0, KEY.bytes(), json);
    EventHeaders.set(record.headers(), ManifestRecord.SHA256, Sha256.hex(json));
    return record;
  }

  private ObjectNode parent(String pointer) {
    return (ObjectNode) manifest.at(pointer.substring(0, pointer.lastIndexOf('/')));
  }

  private static String name(String pointer) {
    return pointer.substring(pointer.lastIndexOf('/') + 1);
  }

  private static String path(String pointer) {
    return pointer.substring(1).replaceAll("/([0-9]+)", "[$1]").replace('/', '.');
  }
}
