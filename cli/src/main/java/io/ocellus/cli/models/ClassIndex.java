package io.ocellus.cli.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.ocellus.service.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The names of the classes by the index of their logits, {@code {"0":"owl","1":"wren"}}: the form
 * of <a href="https://docs.pytorch.org/serve/default_handlers.html">TorchServe's
 * index_to_name.json</a>.
 */
final class ClassIndex {
  static final String FILE = "index_to_name.json";

  private ClassIndex() {}

  static String json(List<String> classes) {
    Map<String, String> names = new LinkedHashMap<>();
    for (String name : classes) {
      names.put(Integer.toString(names.size()), name);
    }
    try {
      return Json.MAPPER.writeValueAsString(names);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static void write(List<String> classes, Path folder) throws IOException {
    Files.writeString(folder.resolve(FILE), json(classes));
  }
}
