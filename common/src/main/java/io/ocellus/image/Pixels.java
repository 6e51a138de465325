package io.ocellus.image;

import java.awt.image.BufferedImage;

/**
 * From a decoded image to a network's input: a square of RGB levels, channels first, of which a
 * 255th is the value in [0,1]. Resizing is antialiased and equals Pillow's {@code
 * convert("RGB").resize(…, BILINEAR)}; transparency is dropped, not composited, as there.
 */
public final class Pixels {
  private static final int LEVELS = 256;

  /** Of each level. */
  private static final float[] VALUES = new float[LEVELS];

  static {
    for (int level = 0; level < LEVELS; level++) {
      VALUES[level] = (float) level / (LEVELS - 1);
    }
  }

  private Pixels() {}

  /** Values in [0,1], shape (3, size, size), row by row. */
  public static float[] chw(BufferedImage image, Framing framing) {
    byte[] levels = levels(image, framing);
    float[] values = new float[levels.length];
    for (int i = 0; i < levels.length; i++) {
      values[i] = value(levels[i]);
    }
    return values;
  }

  /** The value in [0,1] of an unsigned level. */
  public static float value(byte level) {
    return VALUES[level & 0xff];
  }

  /** Unsigned levels, shape (3, size, size), row by row: a quarter of the memory of the values. */
  public static byte[] levels(BufferedImage image, Framing framing) {
    return levels(image, framing, () -> {});
  }

  /**
   * The same.
   *
   * @param check called at each row of the image; what it throws gets out
   */
  static byte[] levels(BufferedImage image, Framing framing, Runnable check) {
    int size = framing.size();
    Framing.Placement placement = framing.place(image.getWidth(), image.getHeight());
    Resampling vertical = placement.vertical().resampling();
    HorizontalPass horizontal = new HorizontalPass(image, placement.horizontal().resampling());
    VerticalPass sums = new VerticalPass(vertical, 3 * placement.horizontal().shown());
    byte[] target = new byte[3 * size * size];
    int to = placement.vertical().at() * size + placement.horizontal().at();
    for (int y = vertical.first(0); y < vertical.end(); y++) {
      check.run();
      for (byte[] row : sums.add(y, horizontal.row(y))) {
        spread(row, target, to, size * size);
        to += size;
      }
    }
    return target;
  }

  /** Interleaved levels to a row of each plane. */
  private static void spread(byte[] row, byte[] target, int to, int plane) {
    for (int x = 0, at = 0; at < row.length; x++, at += 3) {
      target[to + x] = row[at];
      target[to + x + plane] = row[at + 1];
      target[to + x + 2 * plane] = row[at + 2];
    }
  }
}
