package io.ocellus.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A folder of odd files beside the project, with the size and mean that Pillow finds. */
class SharedCasesTest {
  private static final Path CASES = Path.of("../../shared/cases");

  private final ImageDecoder decoder = new ImageDecoder(new ImageLimits(20_000_000, 50_000_000));

  @Test
  void sizesAndMeansAreThoseOfPillow() throws Exception {
    assumeTrue(Files.isDirectory(CASES), "skipped: there is no folder " + CASES);
    JsonNode expected = new ObjectMapper().readTree(CASES.resolve("expected.json").toFile());
    for (Map.Entry<String, JsonNode> file : expected.properties()) {
      check(file.getKey(), file.getValue());
    }
  }

  private void check(String name, JsonNode expected) throws BadImageException, IOException {
    byte[] bytes = Files.readAllBytes(CASES.resolve("images").resolve(name));
    BufferedImage image = decoder.decode(bytes);
    assertThat(new int[] {image.getWidth(), image.getHeight()})
        .as(name)
        .containsExactly(expected.at("/size/0").asInt(), expected.at("/size/1").asInt());
    PixelContent content = PixelContent.of(image);
    double[] means = {content.red().mean(), content.green().mean(), content.blue().mean()};
    for (int channel = 0; channel < means.length && expected.has("meanRgb"); channel++) {
      assertThat(255 * means[channel])
          .as("%s, channel %d", name, channel)
          .isCloseTo(expected.get("meanRgb").get(channel).asDouble(), within(2.0));
    }
  }
}
