package io.ocellus.cli.demo;

import io.ocellus.testbed.SyntheticImages;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Made-up images of four classes. */
final class SyntheticData implements DemoData {
  /** Where the numbers of streamed images begin: far from those that are trained on. */
  private static final long STREAM = 1_000_000;

  private final SyntheticImages images;
  private final int size;
  private final int firstPerClass;
  private final int morePerClass;

  /**
   * @param size in pixels
   * @param firstPerClass labelled images of each class for version 1
   * @param morePerClass and how many are added for version 2
   */
  SyntheticData(int size, int firstPerClass, int morePerClass, long seed) {
    this.images = new SyntheticImages(size, seed);
    this.size = size;
    this.firstPerClass = firstPerClass;
    this.morePerClass = morePerClass;
  }

  @Override
  public String description() {
    return "%d made-up images of %d classes (%s), %d x %d pixels: %d labelled at first, %d later"
        .formatted(
            images.classes().size() * (firstPerClass + morePerClass),
            images.classes().size(),
            String.join(", ", images.classes()),
            size,
            size,
            images.classes().size() * firstPerClass,
            images.classes().size() * morePerClass);
  }

  @Override
  public List<LabelledImage> first() {
    return labelled(0, firstPerClass);
  }

  @Override
  public List<LabelledImage> more() {
    return labelled(firstPerClass, firstPerClass + morePerClass);
  }

  private List<LabelledImage> labelled(int from, int to) {
    return IntStream.range(from, to).boxed().flatMap(this::ofEveryClass).toList();
  }

  private Stream<LabelledImage> ofEveryClass(int index) {
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

  @Override
  public StreamImage stream(int index) {
    // A stride that shares no factor with the devices, so that no device sees one class alone.
    List<String> classes = images.classes();
    String label = classes.get((index + index / classes.size()) % classes.size());
    return new StreamImage(
        "image-%05d".formatted(index),
        Optional.of(label),
        () -> images.jpeg(label, STREAM + index));
  }
}
