package io.ocellus.page;

import java.util.Locale;

/**
 * A cell of a {@link Table}.
 *
 * @param text that it shows
 * @param number whether it is set flush right
 * @param share how deep its background is, 0 to 1
 */
public record Cell(String text, boolean number, double share) {
  private static final double DEEP = 0.75;

  /** Words. */
  public static Cell text(String text) {
    return new Cell(text, false, 0);
  }

  /** A number. */
  public static Cell number(String text) {
    return new Cell(text, true, 0);
  }

  /** A whole number. */
  public static Cell number(long value) {
    return number(String.format(Locale.ROOT, "%,d", value));
  }

  /** A number whose background shows how much of something it is. */
  public static Cell shaded(String text, double share) {
    return new Cell(text, true, share);
  }

  String css() {
    return (number ? "n" : "t") + (share > DEEP ? " deep" : "");
  }

  String style() {
    return share == 0 ? "" : String.format(Locale.ROOT, "--share:%.3f", share);
  }
}
