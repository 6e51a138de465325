package io.ocellus.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.ocellus.cli.Ocellus;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnnotationTest {
  @TempDir private Path folder;

  @Test
  void theBandHidesNothingOfTheImage() {
    for (int[] size : new int[][] {{32, 32}, {60, 220}, {400, 20}, {2000, 1000}}) {
      BufferedImage image = new BufferedImage(size[0], size[1], BufferedImage.TYPE_INT_RGB);
      image.setRGB(0, 0, Color.GREEN.getRGB());

      BufferedImage annotated = Annotation.of(image, new Guess("owl", 0.5f));

      int times = annotated.getWidth() / size[0];
      int band = annotated.getHeight() - times * size[1];
      assertThat(annotated.getWidth()).isBetween(224, 2000);
      assertThat(band).isBetween(20, 100);
      assertThat(new Color(annotated.getRGB(0, band)).getGreen()).isGreaterThan(200);
    }
  }

  @Test
  void aLongLabelIsCutAndTheProbabilityStays() {
    BufferedImage image = new BufferedImage(224, 50, BufferedImage.TYPE_INT_RGB);

    BufferedImage annotated = Annotation.of(image, new Guess("owl ".repeat(50), 0.5f));

    int band = annotated.getHeight() - 50;
    boolean atTheEdge = false;
    for (int y = 0; y < band; y++) {
      atTheEdge |= new Color(annotated.getRGB(223, y)).getRed() > 100;
    }
    assertThat(atTheEdge).isFalse();
  }

  @Test
  void withoutAFontItSaysWhatToInstall() throws Exception {
    assumeThat(System.getProperty("os.name")).as("where fontconfig finds fonts").isEqualTo("Linux");
    Path none =
        Files.writeString(
            folder.resolve("fonts.conf"),
            "<fontconfig><dir>%s</dir></fontconfig>".formatted(folder));
    ProcessBuilder predict =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Duser.home=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                Ocellus.class.getName(),
                "predict",
                "owl.jpg",
                "--model",
                "birds/",
                "--annotate",
                "out")
            .redirectErrorStream(true);
    predict.environment().put("FONTCONFIG_FILE", none.toString());
    predict.environment().put("DISPLAY", ":99");
    Process process = predict.start();

    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(said).contains("--annotate needs a font", "fonts-dejavu-core");
    assertThat(new File("out")).doesNotExist();
  }
}
