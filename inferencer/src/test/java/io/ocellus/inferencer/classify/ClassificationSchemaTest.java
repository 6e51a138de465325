package io.ocellus.inferencer.classify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.ocellus.inferencer.Classification;
import io.ocellus.service.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ClassificationSchemaTest {
  private static final Path SCHEMA = Path.of("../docs/schemas/classification.schema.json");

  private final JsonNode published = Json.MAPPER.readTree(Files.readString(SCHEMA));
  private final JsonSchema schema =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(published);

  ClassificationSchemaTest() throws IOException {}

  @Test
  void aResultIsWhatTheSchemaSays() throws IOException {
    assertThat(schema.validate(result())).isEmpty();
  }

  @Test
  void theSchemaNamesEveryFieldAndNoOther() {
    assertThat(
            new TreeSet<>(
                published.get("properties").properties().stream().map(e -> e.getKey()).toList()))
        .isEqualTo(
            new TreeSet<>(
                Arrays.stream(Classification.class.getRecordComponents())
                    .map(c -> c.getName())
                    .toList()));
  }

  @Test
  void theSchemaRefusesWhatIsNoResult() throws IOException {
    assertThat(schema.validate(result().put("version", "one"))).isNotEmpty();
    assertThat(schema.validate(result().without("label"))).isNotEmpty();
  }

  private static ObjectNode result() throws IOException {
    Outcome.Classified outcome = (Outcome.Classified) Fixtures.classified();
    return (ObjectNode)
        Json.MAPPER.readTree(OutcomeRecords.result(Fixtures.event(1), outcome).value());
  }
}
