package io.ocellus.inferencer.classify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.ocellus.inferencer.Classification;
import io.ocellus.inferencer.Skip;
import io.ocellus.service.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResultSchemaTest {
  private enum Result {
    CLASSIFICATION(Classification.class, "label") {
      @Override
      byte[] value() {
        Outcome.Classified outcome = (Outcome.Classified) Fixtures.classified();
        return OutcomeRecords.result(Fixtures.event(1), outcome).value();
      }
    },
    SKIP(Skip.class, "deadline") {
      @Override
      byte[] value() {
        return OutcomeRecords.skip(Fixtures.event(1), Fixtures.skipped()).value();
      }
    };

    private final Class<? extends Record> type;
    private final String needed;

    Result(Class<? extends Record> type, String needed) {
      this.type = type;
      this.needed = needed;
    }

    abstract byte[] value();

    ObjectNode json() throws IOException {
      return (ObjectNode) Json.MAPPER.readTree(value());
    }

    JsonNode published() {
      String name = type.getSimpleName().toLowerCase(Locale.ROOT);
      try {
        return Json.MAPPER.readTree(
            Files.readString(Path.of("../docs/schemas/%s.schema.json".formatted(name))));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    JsonSchema schema() {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(published());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aResultIsWhatItsSchemaSays(Result result) throws IOException {
    assertThat(result.schema().validate(result.json())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aSchemaNamesEveryFieldAndNoOther(Result result) {
    assertThat(
            new TreeSet<>(
                result.published().get("properties").properties().stream()
                    .map(Map.Entry::getKey)
                    .toList()))
        .isEqualTo(
            new TreeSet<>(
                Arrays.stream(result.type.getRecordComponents())
                    .map(component -> component.getName())
                    .toList()));
  }

  @ParameterizedTest
  @EnumSource
  void aSchemaRefusesWhatIsNoSuchResult(Result result) throws IOException {
    assertThat(result.schema().validate(result.json().put("version", "one"))).isNotEmpty();
    assertThat(result.schema().validate(result.json().without(result.needed))).isNotEmpty();
  }
}
