package io.ocellus.page;

import java.util.List;

/**
 * A part of a page.
 *
 * @param heading what it is about
 * @param text what a reader should know before looking; may be empty
 * @param blocks what it shows, from top to bottom
 */
public record Section(String heading, String text, List<Block> blocks) {
  public Section {
    blocks = List.copyOf(blocks);
  }

  /** Of these blocks. */
  public static Section of(String heading, String text, Block... blocks) {
    return new Section(heading, text, List.of(blocks));
  }
}
