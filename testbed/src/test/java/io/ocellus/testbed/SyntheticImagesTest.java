package io.ocellus.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocellus.testbed.SyntheticImages.Broken;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class SyntheticImagesTest {
  private final SyntheticImages images = new SyntheticImages(32, 7);

  @Test
  void sameSeedLabelAndIndexGiveTheSameImage() {
    assertThat(images.png("ring", 5)).isEqualTo(new SyntheticImages(32, 7).png("ring", 5));
  }

  @Test
  void otherSeedLabelOrIndexGiveAnotherImage() {
    assertThat(images.png("ring", 5))
        .isNotEqualTo(images.png("ring", 6))
        .isNotEqualTo(images.png("cross", 5))
        .isNotEqualTo(new SyntheticImages(32, 8).png("ring", 5));
  }

  @Test
  void manyImagesAreAllDifferent() {
    Set<String> seen = new HashSet<>();
    for (String label : images.classes()) {
      for (int i = 0; i < 50; i++) {
        seen.add(new String(images.png(label, i), StandardCharsets.ISO_8859_1));
      }
    }
    assertThat(seen).hasSize(200);
  }

  @Test
  void imagesHaveTheSizeAskedFor() throws IOException {
    BufferedImage image =
        ImageIO.read(new ByteArrayInputStream(new SyntheticImages(48, 1).jpeg("square", 0)));

    assertThat(image.getWidth()).isEqualTo(48);
    assertThat(image.getHeight()).isEqualTo(48);
  }

  @Test
  void unknownLabelIsNamed() {
    assertThatThrownBy(() -> images.image("circle", 0)).hasMessageContaining("circle");
  }

  @Test
  void brokenRecordsAreSmall() {
    for (Broken kind : Broken.values()) {
      assertThat(images.broken(kind)).as(kind.name()).hasSizeLessThan(10_000);
    }
  }
}
