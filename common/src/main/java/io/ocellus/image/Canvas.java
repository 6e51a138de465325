package io.ocellus.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.Arrays;

/**
 * Where the first frame of a GIF or WebP lies on its canvas, which is as large as the image.
 *
 * @param width of the canvas
 * @param height of the canvas
 * @param x pixels of the canvas to the left of the frame
 * @param y pixels of the canvas above the frame
 * @param background 0xRRGGBB of the canvas where the frame does not reach
 */
record Canvas(int width, int height, int x, int y, int background) {
  /**
   * The image.
   *
   * @param frame lies within the canvas
   */
  BufferedImage with(BufferedImage frame) {
    if (frame.getWidth() == width && frame.getHeight() == height) {
      return frame;
    }
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Arrays.fill(((DataBufferInt) image.getRaster().getDataBuffer()).getData(), background);
    RgbRows rows = RgbRows.of(frame);
    int[] row = new int[frame.getWidth()];
    for (int from = 0; from < frame.getHeight(); from++) {
      rows.read(from, row);
      image.getRaster().setDataElements(x, y + from, row.length, 1, row);
    }
    return image;
  }
}
