package io.ocellus.cli.demo;

import java.util.List;

/** The images that the demo plays with; no image of the stream is ever trained on. */
interface DemoData {
  /** Where they come from and how many there are, in a line. */
  String description();

  /** What version 1 learns from. */
  List<LabelledImage> first();

  /** What is added for version 2. */
  List<LabelledImage> more();

  /**
   * An image of the stream.
   *
   * @param index from 0; each has another id
   */
  StreamImage stream(int index);
}
