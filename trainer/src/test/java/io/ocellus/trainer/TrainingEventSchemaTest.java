package io.ocellus.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.ocellus.service.Json;
import io.ocellus.trainer.training.Evaluation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingEventSchemaTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @Test
  void everyEventIsAsItsPublishedSchemaSaysAndReadsBack() throws IOException {
    Evaluation evaluation = new Evaluation(10, 0.5, 0.8, Map.of("a", 0.6, "b", 1.0));
    List<TrainingEvent> events =
        List.of(
            new TrainingEvent.Started(
                "m",
                "r",
                NOW,
                "on-start",
                "se-densenet-light",
                List.of("a", "b"),
                8,
                2,
                3,
                0,
                "fresh"),
            new TrainingEvent.Epoch("m", "r", NOW, 1, 3, 1e-4, 0.7, 0.5, 0.6, 0.5, true, 2.5),
            new TrainingEvent.Evaluated("m", "r", NOW, evaluation, 1, evaluation),
            new TrainingEvent.Evaluated("m", "r", NOW, evaluation, 0, null),
            new TrainingEvent.Accepted("m", "r", NOW, "better"),
            new TrainingEvent.Refused("m", "r", NOW, "worse"),
            new TrainingEvent.Published("m", "r", NOW, 1, 1000),
            new TrainingEvent.Failed("m", "r", NOW, "broken"),
            new TrainingEvent.Stopped("m", "r", NOW, "the trainer stops"),
            new TrainingEvent.Waiting("m", "m", NOW, "empty"));
    assertThat(events.stream().map(TrainingEvent::getClass).distinct().count())
        .isEqualTo(TrainingEvent.class.getPermittedSubclasses().length);
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(Path.of("../docs/schemas/training-event.schema.json")));
    for (TrainingEvent event : events) {
      JsonNode json = Json.MAPPER.readTree(write(event));
      assertThat(schema.validate(json)).as(event.type()).isEmpty();
      assertThat(json.get("type").asText()).isEqualTo(event.type());
      assertThat(Json.MAPPER.readValue(write(event), TrainingEvent.class)).isEqualTo(event);
    }
  }

  private static String write(TrainingEvent event) throws JsonProcessingException {
    return Json.MAPPER.writeValueAsString(event);
  }
}
