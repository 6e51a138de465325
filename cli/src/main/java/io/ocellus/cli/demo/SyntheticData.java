package io.ocellus.cli.demo;

import io.ocellus.cli.data.DeviceImage;
import io.ocellus.cli.data.DeviceImages;
import io.ocellus.testbed.SyntheticImages;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Made-up images of four classes.
 *
 * @param firstPerClass labelled images of each class for version 1
 * @param morePerClass how many are added for version 2
 */
record SyntheticData(int size, int firstPerClass, int morePerClass, long seed) implements DemoData {
  /** Where the numbers of streamed images begin: far from those that are trained on. */
  private static final long STREAM = 1_000_000;

  private SyntheticImages images() {
    return new SyntheticImages(size, seed);
  }

  @Override
  public List<String> description() {
    List<String> classes = images().classes();
    return List.of(
        "Images are made up: %s, %d x %d pixels.".formatted(String.join(", ", classes), size, size),
        "%d are labelled for version 1, %d more for version 2; the stream has others."
            .formatted(classes.size() * firstPerClass, classes.size() * morePerClass));
  }

  @Override
  public List<LabelledImage> first() {
    return labelled(0, firstPerClass);
  }

  @Override
  public List<LabelledImage> more() {
    return labelled(firstPerClass, firstPerClass + morePerClass);
  }

  @Override
  public Iterator<DeviceImage> stream() {
    return DeviceImages.synthetic(images(), STREAM, seed);
  }

  private List<LabelledImage> labelled(int from, int to) {
    return IntStream.range(from, to).boxed().flatMap(this::ofEveryClass).toList();
  }

  private Stream<LabelledImage> ofEveryClass(int index) {
    SyntheticImages images = images();
    return images.classes().stream()
        .map(
            label ->
                new LabelledImage(
                    "%s-%05d".formatted(label, index),
                    label,
                    Optional.empty(),
                    Optional.empty(),
                    () -> images.png(label, index)));
  }
}
