package io.ocellus.cli.observe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The rules of {@code prometheus/rules}. */
record Rules(List<JsonNode> rules) {
  static final Path PROMETHEUS = Path.of("..", "prometheus");
  static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  static Rules read() {
    return new Rules(
        yaml(PROMETHEUS.resolve("rules"))
            .flatMap(file -> Dashboard.stream(file.path("groups")))
            .flatMap(group -> Dashboard.stream(group.path("rules")))
            .toList());
  }

  /** The YAML files of a folder. */
  static Stream<JsonNode> yaml(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList().stream().map(Rules::yamlFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode yamlFile(Path file) {
    try {
      return YAML.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(file + " is no YAML", e);
    }
  }

  List<JsonNode> alerts() {
    return rules.stream().filter(rule -> rule.has("alert")).toList();
  }

  List<Query> alertQueries() {
    return alerts().stream().map(r -> query(r, "alert")).toList();
  }

  List<Query> recordedQueries() {
    return rules.stream().filter(r -> r.has("record")).map(r -> query(r, "record")).toList();
  }

  /** Names of the recorded series. */
  List<String> recorded() {
    return rules.stream().filter(r -> r.has("record")).map(r -> r.path("record").asText()).toList();
  }

  private static Query query(JsonNode rule, String kind) {
    return new Query(rule.path(kind).asText(), rule.path("expr").asText());
  }
}
