package io.ocellus.cli.local;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** The label and its probability, written above the image. */
final class Annotation {
  private static final int LEAST_WIDTH = 224;
  private static final int LETTERS = 22;
  private static final int LEAST_FONT = 11;
  private static final int LARGEST_FONT = 48;
  private static final Color BAND = new Color(28, 32, 38);
  private static final String CUT = "…";

  private Annotation() {}

  /**
   * Does nothing where text can be drawn.
   *
   * @throws IllegalStateException saying what to install, where it cannot
   */
  static void check() {
    try {
      new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB)
          .createGraphics()
          .getFontMetrics(font(LEAST_FONT));
    } catch (InternalError | LinkageError | RuntimeException e) {
      throw new IllegalStateException(
          "--annotate needs a font, and Java finds none on this machine; install fontconfig and"
              + " one, such as Debian's fontconfig and fonts-dejavu-core",
          e);
    }
  }

  /** A copy under a band with the text; small images are enlarged so that it can be read. */
  static BufferedImage of(BufferedImage image, Guess guess) {
    int times = Math.max(1, (int) Math.ceil((double) LEAST_WIDTH / image.getWidth()));
    int width = image.getWidth() * times;
    int height = image.getHeight() * times;
    Font font = font(Math.max(LEAST_FONT, Math.min(LARGEST_FONT, width / LETTERS)));
    int margin = font.getSize() / 2;
    int band = font.getSize() + 2 * margin;
    BufferedImage copy = new BufferedImage(width, band + height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = copy.createGraphics();
    try {
      graphics.setColor(BAND);
      graphics.fillRect(0, 0, width, band);
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
      graphics.drawImage(image, 0, band, width, height, null);
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setFont(font);
      graphics.setColor(Color.WHITE);
      FontMetrics metrics = graphics.getFontMetrics();
      int baseline = (band + metrics.getAscent() - metrics.getDescent()) / 2;
      graphics.drawString(fitting(metrics, guess, width - 2 * margin), margin, baseline);
    } finally {
      graphics.dispose();
    }
    return copy;
  }

  private static Font font(int size) {
    return new Font(Font.SANS_SERIF, Font.BOLD, size);
  }

  /** The label is cut where it is too long; the probability stays. */
  private static String fitting(FontMetrics metrics, Guess guess, int width) {
    String share = " " + Shares.of(guess.probability());
    String label = guess.label();
    String shown = label;
    while (!label.isEmpty() && metrics.stringWidth(shown + share) > width) {
      label = label.substring(0, label.offsetByCodePoints(label.length(), -1));
      shown = label + CUT;
    }
    return shown + share;
  }
}
