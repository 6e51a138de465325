package io.ocellus.cli.networks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ocellus.cli.Ocellus;
import io.ocellus.network.Networks;
import io.ocellus.service.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.NodeList;

class NetworksCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Ocellus.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  @Test
  void everyNetworkIsListedUnderItsPaperWithWhatItCosts() {
    assertThat(run("networks")).isZero();
    assertThat(out.toString().lines())
        .filteredOn(line -> line.startsWith("  "))
        .hasSameSizeAs(Networks.names());
    assertThat(out.toString())
        .containsPattern("Huang et al. 2017, arXiv 1608.06993\\R  densenet-121 +224 ")
        .containsPattern("densenet-121 +224 +1,000 +7,978,856 +2,834,161,664 +30.7 MiB")
        .containsPattern("densenet-bc-100-12 +32 +10 +769,162");
  }

  @Test
  void theListIsThereForPrograms() throws IOException {
    assertThat(run("networks", "--json")).isZero();
    JsonNode networks = Json.MAPPER.readTree(out.toString());
    assertThat(networks.findValuesAsText("name")).isEqualTo(Networks.names());
    assertThat(networks.at("/0/multiplyAdds").asLong()).isEqualTo(2_834_161_664L);
  }

  @Test
  void aNetworkOfAHundredLayersIsDrawnAsAFewBoxes(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("network.svg");

    assertThat(run("networks", "show", "se-densenet-121", "--picture", file.toString())).isZero();

    assertThat(texts(file))
        .contains("se-densenet-121", "features.denseblock1", "24 denselayers", "512 x 7 x 7")
        .contains("conv 1x1, conv 3x3, SE_Block");
    assertThat(out.toString()).contains(", 16 boxes");
  }

  @Test
  void aPictureIsOpenedAsDeepAsOneLikes(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("network.svg");

    run("networks", "show", "se-densenet-light", "--picture", file.toString(), "--depth", "3");
    assertThat(texts(file)).contains("features.denseblock3.denselayer4");
    run("networks", "show", "se-densenet-light", "--picture", file.toString(), "--depth", "1");
    assertThat(texts(file))
        .contains("3 denseblocks, 2 transitions")
        .doesNotContain("features.pool");
    assertThat(run("networks", "show", "se-densenet-light", "--picture", "x", "--depth", "0"))
        .isEqualTo(2);
  }

  private static List<String> texts(Path svg) throws Exception {
    NodeList nodes =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(svg.toFile())
            .getElementsByTagName("text");
    return IntStream.range(0, nodes.getLength())
        .mapToObj(i -> nodes.item(i).getTextContent())
        .toList();
  }

  @Test
  void theLayersOfANetworkAreShownWithTheirSums() {
    assertThat(run("networks", "show", "densenet-121", "--size", "64", "--classes", "5")).isZero();
    assertThat(out.toString())
        .containsPattern("features.conv0 +conv 7x7 stride 2 +64 x 32 x 32 +9,408 +9,633,792")
        .containsPattern("classifier +linear +5 +5,125 +5,120")
        .contains("parameters     6,958,981")
        .contains("one image of 64 x 64");
  }

  @Test
  void anOptionChangesTheNetwork() {
    run("networks", "show", "densenet-bc-100-12", "--option", "attention=se");
    assertThat(out.toString()).contains("SE_Block.fc.0").contains("parameters     770,314");
  }

  @Test
  void aMisspeltNetworkIsAnsweredWithTheNearestOne() {
    assertThat(run("networks", "show", "densnet-121")).isEqualTo(1);
    assertThat(err.toString()).contains("Did you mean densenet-121?");
  }
}
