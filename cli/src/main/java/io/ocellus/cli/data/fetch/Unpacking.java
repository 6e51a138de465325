package io.ocellus.cli.data.fetch;

import io.ocellus.cli.data.DataSetException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;

/**
 * Turns a file of {@code numpy.savez} into class folders of PNGs with the same levels. It holds
 * {@code train_images}, of shape (N, H, W) or (N, H, W, 3), {@code train_labels}, of shape (N, 1),
 * and the same for {@code val} and {@code test}.
 */
final class Unpacking {
  private static final int CHANNELS = 3;

  private final Path file;
  private final List<String> labels;
  private final Runnable step;

  /**
   * @param labels in the order of the class numbers
   * @param step called after each image
   */
  Unpacking(Path file, List<String> labels, Runnable step) {
    this.file = file;
    this.labels = labels.stream().map(Unpacking::folderName).toList();
    this.step = step;
  }

  /**
   * Writes {@code part/label/number.png}.
   *
   * @param parts how many images each part must have
   */
  void into(Path folder, Map<String, Integer> parts) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (Map.Entry<String, Integer> part : parts.entrySet()) {
        try (NpyArray images = array(zip, part.getKey() + "_images");
            NpyArray classes = array(zip, part.getKey() + "_labels")) {
          check(images, classes, part.getValue());
          write(images, classes, folder.resolve(part.getKey()));
        }
      }
    } catch (ZipException e) {
      throw new DataSetException(file + " is no .npz file", e);
    }
  }

  private NpyArray array(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name + ".npy");
    if (entry == null) {
      throw new DataSetException("%s has no %s".formatted(file, name));
    }
    try {
      return new NpyArray(zip.getInputStream(entry));
    } catch (IOException e) {
      throw new DataSetException("%s of %s cannot be read".formatted(name, file), e);
    }
  }

  private void check(NpyArray images, NpyArray classes, int expected) {
    List<Integer> shape = images.shape();
    boolean grey = shape.size() == 3;
    boolean colour = shape.size() == 4 && shape.get(3) == CHANNELS;
    if (!images.isBytes() || !(grey || colour)) {
      throw new DataSetException(
          "%s has images of shape %s, not bytes of (N, H, W) or (N, H, W, 3)"
              .formatted(file, shape));
    }
    if (shape.get(0) != expected || classes.shape().get(0) != expected) {
      throw new DataSetException(
          "%s has %,d images and %,d labels in a part that should have %,d"
              .formatted(file, shape.get(0), classes.shape().get(0), expected));
    }
  }

  private void write(NpyArray images, NpyArray classes, Path folder) throws IOException {
    for (String label : labels) {
      Files.createDirectories(folder.resolve(label));
    }
    for (int i = 0; i < images.shape().get(0); i++) {
      long number = classes.nextNumbers()[0];
      if (number < 0 || number >= labels.size()) {
        throw new DataSetException("%s has an unknown class %d".formatted(file, number));
      }
      Path png = folder.resolve(labels.get((int) number)).resolve("%06d.png".formatted(i));
      ImageIO.write(image(images.nextRow(), images.shape()), "png", png.toFile());
      step.run();
    }
  }

  private static BufferedImage image(byte[] levels, List<Integer> shape) {
    int height = shape.get(1);
    int width = shape.get(2);
    if (shape.size() == 3) {
      BufferedImage grey = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
      grey.getRaster().setDataElements(0, 0, width, height, levels);
      return grey;
    }
    BufferedImage colour = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    colour.getRaster().setDataElements(0, 0, width, height, levels);
    return colour;
  }

  /** A label as every file system takes it. */
  private static String folderName(String label) {
    return label.replaceAll("[\\\\/:*?\"<>|]", "-");
  }
}
