package io.ocellus.cli.local;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** The label and its probability, written on the image. */
final class Annotation {
  private static final int LEAST_SIDE = 224;
  private static final int LINES = 16;
  private static final int LEAST_FONT = 12;
  private static final Color BAND = new Color(0, 0, 0, 170);

  private Annotation() {}

  /** A copy with a band across the top; small images are enlarged so that it can be read. */
  static BufferedImage of(BufferedImage image, Guess guess) {
    int times = Math.max(1, (int) Math.ceil((double) LEAST_SIDE / image.getWidth()));
    int width = image.getWidth() * times;
    int height = image.getHeight() * times;
    BufferedImage copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = copy.createGraphics();
    try {
      graphics.drawImage(image, 0, 0, width, height, null);
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      String text = "%s %s".formatted(guess.label(), Shares.of(guess.probability()));
      graphics.setFont(fitting(graphics, text, width, Math.max(LEAST_FONT, height / LINES)));
      FontMetrics font = graphics.getFontMetrics();
      int margin = font.getDescent() + 1;
      graphics.setColor(BAND);
      graphics.fillRect(0, 0, width, font.getHeight() + 2 * margin);
      graphics.setColor(Color.WHITE);
      graphics.drawString(text, 2 * margin, margin + font.getAscent());
    } finally {
      graphics.dispose();
    }
    return copy;
  }

  private static Font fitting(Graphics2D graphics, String text, int width, int wanted) {
    Font font = new Font(Font.SANS_SERIF, Font.BOLD, wanted);
    int needed = graphics.getFontMetrics(font).stringWidth(text) + wanted;
    return needed <= width
        ? font
        : font.deriveFont((float) Math.max(LEAST_FONT / 2, wanted * width / needed));
  }
}
