package io.ocellus.page;

/**
 * A remark that a reader must not miss.
 *
 * @param text of it
 */
public record Note(String text) implements Block {
  @Override
  public String html() {
    return Templates.render("note", this);
  }
}
