package io.ocellus.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ocellus.inferencer.InferencerConfig;
import io.ocellus.trainer.TrainerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the images' recipe, and what names the images, against each other and the services. */
class ContainersTest {
  private static final Pattern OWN = Pattern.compile("ocellus/([a-z]+)(-gpu)?:(.*)");

  @ParameterizedTest
  @EnumSource
  void manifestsNameImagesThatTheDockerfileMakes(Overlay overlay) throws IOException {
    for (Workload workload : overlay.workloads()) {
      Matcher image = own(workload.container().getImage());
      assertThat(image.group(1)).isEqualTo(workload.name());
      assertThat(image.group(2) != null).isEqualTo(overlay == Overlay.GPU);
      assertThat(ComposeFile.dockerfile())
          .contains("USER %d:".formatted(workload.pod().getSecurityContext().getRunAsUser()));
    }
  }

  @Test
  void servicesOfComposeHaveTheHeapThatImagesNeed() throws IOException {
    for (String service : List.of("trainer", "inferencer")) {
      ShippedHeap.requireSuffices(ComposeFile.memory(service));
    }
  }

  @Test
  void composeNamesImagesThatTheDockerfileMakes() throws IOException {
    Set<String> built = new HashSet<>();
    for (JsonNode service : ComposeFile.read().get("services")) {
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
    TrainerConfig trainer = ComposeFile.configuration("trainer", TrainerConfig.class);
    InferencerConfig inferencer = ComposeFile.configuration("inferencer", InferencerConfig.class);

    assertThat(trainer.http().host()).isEqualTo("0.0.0.0");
    assertThat(inferencer.http().host()).isEqualTo("0.0.0.0");
    assertThat(ComposeFile.dockerfile())
        .contains("\"healthy\", \"%d\"".formatted(trainer.http().port()))
        .contains("\"healthy\", \"%d\"".formatted(inferencer.http().port()))
        .contains("VOLUME " + inferencer.stateDir())
        .contains("VOLUME " + trainer.stateDir());
    assertThat(ComposeFile.read().at("/services/trainer/volumes/0").asText())
        .endsWith(":" + trainer.stateDir());
  }

  @Test
  void filesThatComposeMountsExist() throws IOException {
    for (JsonNode service : ComposeFile.read().get("services")) {
      for (JsonNode mount : service.path("volumes")) {
        String source = mount.asText().replaceFirst(":.*", "");
        if (source.startsWith("./")) {
          assertThat(ComposeFile.ROOT.resolve(source)).exists();
        }
      }
    }
  }

  private static Matcher own(String image) throws IOException {
    Matcher matcher = OWN.matcher(image);
    assertThat(matcher.matches()).as(image).isTrue();
    assertThat(ComposeFile.dockerfile()).contains(" AS " + matcher.group(1) + "\n");
    assertThat(matcher.group(3)).isEqualTo(version());
    return matcher;
  }

  private static String version() throws IOException {
    Matcher pom =
        Pattern.compile("<artifactId>ocellus</artifactId>\\s*<version>(.*)</version>")
            .matcher(Files.readString(ComposeFile.ROOT.resolve("pom.xml")));
    assertThat(pom.find()).isTrue();
    return pom.group(1);
  }
}
