package io.ocellus.cli.demo;

import io.ocellus.cli.data.DeviceImage;
import java.util.Iterator;
import java.util.List;

/** The images that the demo plays with; no image of the stream is ever trained on. */
interface DemoData {
  /** Where they come from and how many there are, in lines. */
  List<String> description();

  /** What version 1 learns from. */
  List<LabelledImage> first();

  /** What is added for version 2. */
  List<LabelledImage> more();

  /** What the devices see; endless. */
  Iterator<DeviceImage> stream();
}
