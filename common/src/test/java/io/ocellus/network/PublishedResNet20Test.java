package io.ocellus.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ocellus.image.Framing;
import io.ocellus.image.Pixels;
import io.ocellus.network.weights.PublishedWeights;
import io.ocellus.network.weights.WeightMatch;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * ResNet-20 with the weights that akamaster published (BSD-2; 8.27% wrong of CIFAR-10's 10,000 test
 * images) on 1,000 of those images, by folder of the class. What it must give was computed by
 * PyTorch 2.13.
 */
class PublishedResNet20Test {
  private static final Path WEIGHTS = Path.of("../../shared/reference/resnet20-12fca82f.th");
  private static final Path IMAGES = Path.of("../../shared/data/cifar10");
  private static final int SIZE = 32;
  private static final int CLASSES = 10;
  private static final int RIGHT = 912;

  private static final Map<String, float[]> LOGITS =
      Map.of(
          "airplane/aeroplane_s_000002.png",
          new float[] {
            15.86324f,
            3.465873f,
            1.451848f,
            -4.839705f,
            5.178546f,
            -8.996113f,
            -9.271181f,
            -4.569381f,
            4.329313f,
            -2.67883f
          },
          "automobile/ambulance_s_000094.png",
          new float[] {
            -0.2356626f,
            21.20428f,
            -8.472325f,
            -3.89453f,
            -5.115747f,
            -5.813986f,
            -4.790247f,
            -4.562526f,
            1.943336f,
            9.715042f
          },
          "bird/accentor_s_000005.png",
          new float[] {
            -0.6574727f,
            -6.557178f,
            10.38717f,
            3.366788f,
            -1.344676f,
            3.18988f,
            3.006834f,
            -1.380949f,
            -4.543856f,
            -5.493655f
          },
          "cat/alley_cat_s_000013.png",
          new float[] {
            7.204054f,
            -5.536492f,
            3.548964f,
            8.077733f,
            0.3915262f,
            3.241734f,
            -2.958572f,
            -3.302451f,
            -6.291959f,
            -4.435895f
          },
          "truck/camion_s_001062.png",
          new float[] {
            6.657972f,
            11.15073f,
            -4.201471f,
            -3.5202f,
            -11.00086f,
            -11.12642f,
            -7.074359f,
            -4.199527f,
            -3.074838f,
            26.44096f
          });

  @TempDir Path folder;

  private Network network;
  private StateDict weights;
  private Path deployed;

  @BeforeEach
  void load() {
    assumeTrue(Files.exists(WEIGHTS), "the published weights are not there");
    assumeTrue(Files.isDirectory(IMAGES), "the images are not there");
    network = Networks.create(new NetworkSpec("resnet-20", CLASSES));
    weights = WeightMatch.of(network, PublishedWeights.read(WEIGHTS).weights()).stateDict(0);
    deployed = folder.resolve("model.pt");
    TorchScript.write(network, weights, Normalization.IMAGENET, deployed);
  }

  @Test
  void logitsArePyTorchs() throws IOException {
    for (String name : LOGITS.keySet()) {
      float[] image = pixels(IMAGES.resolve(name));
      Logits.assertClose(Running.deployed(deployed, image, SIZE), LOGITS.get(name), 1e-4);
      float[] trained = Running.block(network, weights, normalised(image), SIZE);
      Logits.assertClose(trained, LOGITS.get(name), 1e-4);
    }
  }

  @Test
  void asManyImagesAreRightAsWithPyTorch() throws IOException {
    assertThat(right()).isEqualTo(RIGHT);
  }

  /** 913 on a processor with AVX512_BF16. */
  @Test
  void bfloat16CostsFewImages() throws IOException {
    TorchScript.write(network, weights, Normalization.IMAGENET, ElementType.BF16, deployed);
    assertThat(right()).isCloseTo(RIGHT, within(5));
  }

  private int right() throws IOException {
    List<Path> classes = sorted(IMAGES);
    assertThat(classes).hasSize(CLASSES);
    int right = 0;
    for (int label = 0; label < CLASSES; label++) {
      List<Path> files = sorted(classes.get(label));
      float[] images = new float[files.size() * 3 * SIZE * SIZE];
      for (int i = 0; i < files.size(); i++) {
        System.arraycopy(pixels(files.get(i)), 0, images, i * 3 * SIZE * SIZE, 3 * SIZE * SIZE);
      }
      float[] logits = Running.deployed(deployed, images, SIZE);
      for (int i = 0; i < files.size(); i++) {
        right += greatest(logits, i * CLASSES) == label ? 1 : 0;
      }
    }
    return right;
  }

  private static List<Path> sorted(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static float[] pixels(Path file) throws IOException {
    BufferedImage image = ImageIO.read(file.toFile());
    return Pixels.chw(image, Framing.stretch(SIZE));
  }

  private static float[] normalised(float[] image) {
    float[] normalised = new float[image.length];
    for (int i = 0; i < image.length; i++) {
      int channel = i / (SIZE * SIZE);
      float mean = Normalization.IMAGENET.mean().get(channel);
      normalised[i] = (image[i] - mean) / Normalization.IMAGENET.std().get(channel);
    }
    return normalised;
  }

  private static int greatest(float[] logits, int from) {
    int best = 0;
    for (int i = 1; i < CLASSES; i++) {
      best = logits[from + i] > logits[from + best] ? i : best;
    }
    return best;
  }
}
