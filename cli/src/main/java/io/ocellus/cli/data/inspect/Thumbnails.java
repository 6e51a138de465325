package io.ocellus.cli.data.inspect;

import io.ocellus.image.BadImageException;
import io.ocellus.image.ImageDecoder;
import io.ocellus.image.ImageLimits;
import io.ocellus.page.Pictures.Picture;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import javax.imageio.ImageIO;

/** Small versions of a folder's images, to stand in a page. */
final class Thumbnails {
  private static final int SIDE = 128;

  private final Path root;
  private final ImageDecoder decoder;

  Thumbnails(Path root, ImageLimits limits) {
    this.root = root;
    this.decoder = new ImageDecoder(limits);
  }

  /** The image with that title and text; empty where it cannot be read any more. */
  Optional<Picture> of(String id, String title, String text) {
    try {
      BufferedImage small =
          decoder.decode(Files.readAllBytes(root.resolve(id)), Thumbnails::smaller);
      ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
      ImageIO.write(small, "jpeg", jpeg);
      String data = Base64.getEncoder().encodeToString(jpeg.toByteArray());
      return Optional.of(new Picture("data:image/jpeg;base64," + data, title, text));
    } catch (IOException | BadImageException e) {
      return Optional.empty();
    }
  }

  /** By halves, so that no pixel is passed over. */
  private static BufferedImage smaller(BufferedImage image) {
    BufferedImage current = image;
    int longer = Math.max(image.getWidth(), image.getHeight());
    while (longer > SIDE) {
      longer = Math.max(SIDE, longer / 2);
      current = scaled(current, longer);
    }
    return current == image ? scaled(image, longer) : current;
  }

  private static BufferedImage scaled(BufferedImage image, int longer) {
    double scale = (double) longer / Math.max(image.getWidth(), image.getHeight());
    int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
    int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
    BufferedImage target = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = target.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return target;
  }
}
