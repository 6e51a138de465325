package io.ocellus.page;

/** Something that a section shows. */
public interface Block {
  /** As HTML, with everything in it escaped. */
  String html();
}
