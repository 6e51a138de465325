package io.ocellus.page;

import java.util.List;

/**
 * Pictures with what is to be said of each, side by side.
 *
 * @param pictures in reading order
 */
public record Pictures(List<Picture> pictures) implements Block {
  /**
   * One picture.
   *
   * @param uri a data URI of it
   * @param title what it is
   * @param text more about it; may be empty
   */
  public record Picture(String uri, String title, String text) {}

  public Pictures {
    pictures = List.copyOf(pictures);
  }

  @Override
  public String html() {
    return Templates.render("pictures", this);
  }
}
