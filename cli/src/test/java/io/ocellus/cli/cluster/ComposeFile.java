package io.ocellus.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ocellus.config.ConfigurationLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code docker-compose.yml}, and the Dockerfile of the images that it names. */
final class ComposeFile {
  static final Path ROOT = Path.of("..");

  private ComposeFile() {}

  /** With YAML's merge keys, which Jackson does not know. */
  static JsonNode read() throws IOException {
    String text = Files.readString(ROOT.resolve("docker-compose.yml"));
    Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    return new ObjectMapper().valueToTree(tree);
  }

  static String dockerfile() throws IOException {
    return Files.readString(ROOT.resolve("Dockerfile"));
  }

  /** The limit of a service's memory, in bytes. */
  static long memory(String service) throws IOException {
    String limit = read().at("/services/" + service + "/mem_limit").asText();
    assertThat(limit).endsWith("g");
    return Long.parseLong(limit.replace("g", "")) << 30;
  }

  /** What the service's image sets, then what compose does. */
  static <T extends Record> T configuration(String service, Class<T> type) throws IOException {
    Map<String, String> environment = new HashMap<>();
    Matcher set = Pattern.compile("(OCELLUS_\\w+)=(\\S+)").matcher(dockerfile());
    while (set.find()) {
      environment.put(set.group(1), set.group(2));
    }
    read()
        .at("/services/%s/environment".formatted(service))
        .properties()
        .forEach(e -> environment.put(e.getKey(), byDefault(e.getValue().asText())));
    return new ConfigurationLoader<>(type).load(Optional.empty(), environment, Map.of());
  }

  /** What a value is where the variable that may change it is not set. */
  private static String byDefault(String value) {
    return value.replaceAll("\\$\\{\\w+:-(.*)}", "$1");
  }
}
