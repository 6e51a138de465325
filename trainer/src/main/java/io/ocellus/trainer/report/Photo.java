package io.ocellus.trainer.report;

import io.ocellus.network.ActivationMaps.ActivationMap;
import io.ocellus.network.Normalization;
import java.awt.AlphaComposite;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** A held-out image, small enough to stand in a page. */
final class Photo {
  /** Up to here pixels are kept as they are. */
  private static final int TINY = 64;

  private static final int LARGEST = 192;
  private static final float HEAT = 0.5f;

  private final byte[] planes;
  private final int size;

  /**
   * @param planes red, green and blue, {@code size * size} unsigned bytes each
   */
  Photo(byte[] planes, int size) {
    this.planes = planes;
    this.size = size;
  }

  /** As the network takes it. */
  float[] normalized(Normalization normalization) {
    float[] values = new float[planes.length];
    int plane = size * size;
    for (int i = 0; i < values.length; i++) {
      float mean = normalization.mean().get(i / plane);
      float std = normalization.std().get(i / plane);
      values[i] = ((planes[i] & 0xff) / 255f - mean) / std;
    }
    return values;
  }

  /** A data URI of it. */
  String uri() {
    return uri(image());
  }

  /** A data URI of it under a map: yellow where the class is seen most, blue where least. */
  String uri(ActivationMap map) {
    BufferedImage heat = new HeatMap(map).image(size);
    BufferedImage image = image();
    Graphics2D graphics = image.createGraphics();
    graphics.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, HEAT));
    graphics.drawImage(heat, 0, 0, null);
    graphics.dispose();
    return uri(image);
  }

  private BufferedImage image() {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    int plane = size * size;
    for (int i = 0; i < plane; i++) {
      int rgb =
          (planes[i] & 0xff) << 16
              | (planes[i + plane] & 0xff) << 8
              | (planes[i + 2 * plane] & 0xff);
      image.setRGB(i % size, i / size, rgb);
    }
    return image;
  }

  private static String uri(BufferedImage image) {
    boolean tiny = image.getWidth() <= TINY;
    String format = tiny ? "png" : "jpeg";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(tiny ? image : scaled(image), format, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("A picture could not be written", e);
    }
    return "data:image/%s;base64,%s"
        .formatted(format, Base64.getEncoder().encodeToString(bytes.toByteArray()));
  }

  private static BufferedImage scaled(BufferedImage image) {
    int side = Math.min(LARGEST, image.getWidth());
    BufferedImage small = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = small.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(image, 0, 0, side, side, null);
    graphics.dispose();
    return small;
  }
}
