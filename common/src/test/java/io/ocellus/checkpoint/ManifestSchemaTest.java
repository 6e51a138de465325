package io.ocellus.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.ocellus.file.Sha256;
import io.ocellus.service.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManifestSchemaTest {
  private JsonSchema schema;
  private JsonNode real;

  @BeforeEach
  void read() throws Exception {
    schema =
        JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(Files.readString(Path.of("../docs/schemas/manifest.schema.json")));
    Manifest manifest =
        Drafts.manifest("birds", 1)
            .published(
                2,
                List.of(
                    new FileEntry("model.pt", 10, Sha256.hex(new byte[10]), 1),
                    new FileEntry("weights.safetensors", 0, Sha256.hex(new byte[0]), 1)));
    real =
        Json.MAPPER.readTree(
            new String(ManifestRecord.write("topic", manifest).value(), StandardCharsets.UTF_8));
  }

  @Test
  void aRealManifestIsValid() {
    assertThat(schema.validate(real)).isEmpty();
  }

  @Test
  void theSchemaNamesEveryFieldThatIsWritten() {
    closeObjects(schema.getSchemaNode());

    assertThat(schema.validate(real)).isEmpty();
  }

  @Test
  void aManifestWithoutTemperatureLeavesLogitsAsTheyAre() throws Exception {
    ((ObjectNode) real).remove("temperature");
    assertThat(schema.validate(real)).isEmpty();
    assertThat(Json.MAPPER.treeToValue(real, Manifest.class).temperature()).isEqualTo(1);
  }

  @Test
  void aTemperatureBelowZeroIsNoManifest() throws Exception {
    ((ObjectNode) real).put("temperature", -2);
    assertThat(schema.validate(real)).isNotEmpty();
    ProducerRecord<byte[], byte[]> written =
        ManifestRecord.write("topic", Json.MAPPER.treeToValue(real, Manifest.class));
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>("topic", 0, 0, written.key(), written.value());
    written.headers().forEach(record.headers()::add);
    assertThatThrownBy(() -> ManifestRecord.read(CheckpointKey.manifest("birds", 2), record))
        .hasMessageContaining("temperature must be a finite number above zero, not -2.0");
  }

  @Test
  void whatIsNoManifestIsInvalid() {
    ((ObjectNode) real).remove("lineage");
    ((ObjectNode) real.get("files").get(0)).put("name", "../model.pt").put("sha256", "none");

    Set<ValidationMessage> messages = schema.validate(real);

    assertThat(messages)
        .extracting(ValidationMessage::getMessage)
        .anySatisfy(message -> assertThat(message).contains("lineage"))
        .anySatisfy(message -> assertThat(message).contains("files[0].name"))
        .anySatisfy(message -> assertThat(message).contains("files[0].sha256"));
  }

  /** Lets no object have a property that the schema does not list. */
  private void closeObjects(JsonNode node) {
    JsonNode closed = closed(node.deepCopy());
    schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(closed);
  }

  private static JsonNode closed(JsonNode node) {
    if (node instanceof ObjectNode object) {
      if (object.path("properties").isObject() && object.path("type").asText().equals("object")) {
        object.put("additionalProperties", false);
      }
      object.forEach(ManifestSchemaTest::closed);
    } else if (node instanceof ArrayNode array) {
      array.forEach(ManifestSchemaTest::closed);
    }
    return node;
  }
}
