package io.ocellus.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ocellus.config.ConfigurationLoader;
import io.ocellus.inferencer.InferencerConfig;
import io.ocellus.trainer.TrainerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Holds the images' recipe, and what names the images, against each other and the services. */
class ContainersTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern OWN = Pattern.compile("ocellus/([a-z]+)(-gpu)?:(.*)");

  @ParameterizedTest
  @EnumSource
  void manifestsNameImagesThatTheDockerfileMakes(Overlay overlay) throws IOException {
    for (Workload workload : overlay.workloads()) {
      Matcher image = own(workload.container().getImage());
      assertThat(image.group(1)).isEqualTo(workload.name());
      assertThat(image.group(2) != null).isEqualTo(overlay == Overlay.GPU);
      assertThat(dockerfile())
          .contains("USER %d:".formatted(workload.pod().getSecurityContext().getRunAsUser()));
    }
  }

  @Test
  void servicesOfComposeHaveTheHeapThatImagesNeed() throws IOException {
    for (String service : List.of("trainer", "inferencer")) {
      String limit = compose().at("/services/" + service + "/mem_limit").asText();
      assertThat(limit).endsWith("g");
      ShippedHeap.requireSuffices(Long.parseLong(limit.replace("g", "")) << 30);
    }
  }

  @Test
  void composeNamesImagesThatTheDockerfileMakes() throws IOException {
    Set<String> built = new HashSet<>();
    for (JsonNode service : compose().get("services")) {
      String image = service.get("image").asText();
      if (image.startsWith("ocellus/")) {
        String target = own(image).group(1);
        if (service.has("build")) {
          assertThat(service.at("/build/target").asText()).isEqualTo(target);
          built.add(image);
        }
        assertThat(service.at("/read_only").asBoolean()).isTrue();
        assertThat(service.at("/cap_drop/0").asText()).isEqualTo("ALL");
      }
    }
    assertThat(built).hasSize(3);
  }

  @Test
  void servicesOfComposeUnderstandTheirEnvironment() throws IOException {
    TrainerConfig trainer = configuration("trainer", TrainerConfig.class);
    InferencerConfig inferencer = configuration("inferencer", InferencerConfig.class);

    assertThat(trainer.http().host()).isEqualTo("0.0.0.0");
    assertThat(inferencer.http().host()).isEqualTo("0.0.0.0");
    assertThat(dockerfile())
        .contains("\"healthy\", \"%d\"".formatted(trainer.http().port()))
        .contains("\"healthy\", \"%d\"".formatted(inferencer.http().port()))
        .contains("VOLUME " + inferencer.stateDir())
        .contains("VOLUME " + trainer.stateDir());
    assertThat(compose().at("/services/trainer/volumes/0").asText())
        .endsWith(":" + trainer.stateDir());
  }

  @Test
  void filesThatComposeMountsExist() throws IOException {
    for (JsonNode service : compose().get("services")) {
      for (JsonNode mount : service.path("volumes")) {
        String source = mount.asText().replaceFirst(":.*", "");
        if (source.startsWith("./")) {
          assertThat(ROOT.resolve(source)).exists();
        }
      }
    }
  }

  private static Matcher own(String image) throws IOException {
    Matcher matcher = OWN.matcher(image);
    assertThat(matcher.matches()).as(image).isTrue();
    assertThat(dockerfile()).contains(" AS " + matcher.group(1) + "\n");
    assertThat(matcher.group(3)).isEqualTo(version());
    return matcher;
  }

  /** What the service's image sets, then what compose does. */
  private static <T extends Record> T configuration(String service, Class<T> type)
      throws IOException {
    Map<String, String> environment = new HashMap<>();
    Matcher set = Pattern.compile("(OCELLUS_\\w+)=(\\S+)").matcher(dockerfile());
    while (set.find()) {
      environment.put(set.group(1), set.group(2));
    }
    compose()
        .at("/services/%s/environment".formatted(service))
        .properties()
        .forEach(e -> environment.put(e.getKey(), byDefault(e.getValue().asText())));
    return new ConfigurationLoader<>(type).load(Optional.empty(), environment, Map.of());
  }

  /** What a value is where the variable that may change it is not set. */
  private static String byDefault(String value) {
    return value.replaceAll("\\$\\{\\w+:-(.*)}", "$1");
  }

  private static String dockerfile() throws IOException {
    return Files.readString(ROOT.resolve("Dockerfile"));
  }

  /** With YAML's merge keys, which Jackson does not know. */
  private static JsonNode compose() throws IOException {
    String text = Files.readString(ROOT.resolve("docker-compose.yml"));
    Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    return new ObjectMapper().valueToTree(tree);
  }

  private static String version() throws IOException {
    Matcher pom =
        Pattern.compile("<artifactId>ocellus</artifactId>\\s*<version>(.*)</version>")
            .matcher(Files.readString(ROOT.resolve("pom.xml")));
    assertThat(pom.find()).isTrue();
    return pom.group(1);
  }
}
