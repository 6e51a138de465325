package io.ocellus.cli.observe;

import com.fasterxml.jackson.databind.JsonNode;
import io.ocellus.service.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A dashboard of {@code grafana/dashboards}. */
record Dashboard(String name, JsonNode json) {
  private static final Path FOLDER = Path.of("..", "grafana", "dashboards");

  static List<Dashboard> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().map(Dashboard::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Dashboard read(Path file) {
    try {
      return new Dashboard(file.getFileName().toString(), Json.MAPPER.readTree(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " is no JSON", e);
    }
  }

  /** Panels that show something. */
  List<JsonNode> panels() {
    return stream(json.path("panels")).filter(p -> !p.path("type").asText().equals("row")).toList();
  }

  /** What its panels ask. */
  List<Query> panelQueries() {
    List<Query> queries = new ArrayList<>();
    for (JsonNode panel : panels()) {
      String where = "%s, %s".formatted(name, panel.path("title").asText());
      stream(panel.path("targets"))
          .forEach(target -> queries.add(new Query(where, target.path("expr").asText())));
    }
    return queries;
  }

  /** What its annotations ask; they may find nothing. */
  List<Query> annotationQueries() {
    return stream(json.at("/annotations/list"))
        .map(a -> new Query(name + ", annotation", a.path("expr").asText()))
        .toList();
  }

  static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  @Override
  public String toString() {
    return name;
  }
}
