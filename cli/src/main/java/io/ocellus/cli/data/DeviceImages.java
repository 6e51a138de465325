package io.ocellus.cli.data;

import io.ocellus.testbed.SyntheticImages;
import io.ocellus.testbed.SyntheticImages.Broken;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Where simulated devices get their images from; every iterator is endless. */
public final class DeviceImages {
  private DeviceImages() {}

  /**
   * Made-up images of all classes in random order.
   *
   * @param first number of the first, so that images used for training are not seen again
   * @param seed of the order
   */
  public static Iterator<DeviceImage> synthetic(SyntheticImages images, long first, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> classes = images.classes();
    return LongStream.iterate(first, index -> index + 1)
        .mapToObj(
            index -> {
              String label = classes.get(random.nextInt(classes.size()));
              return new DeviceImage(images.jpeg(label, index), Optional.of(label));
            })
        .iterator();
  }

  /** These files, over and over. */
  public static Iterator<DeviceImage> labelled(List<LabelledFile> files) {
    return repeated(
        files, file -> new DeviceImage(ImageFiles.read(file.path()), Optional.of(file.label())));
  }

  /** These files, over and over, without knowing what they show. */
  public static Iterator<DeviceImage> files(List<Path> files) {
    return repeated(files, file -> new DeviceImage(ImageFiles.read(file), Optional.empty()));
  }

  /**
   * The same with something broken in the place of every n-th image, of each kind in turn.
   *
   * @param every n; 0 for never
   */
  public static Iterator<DeviceImage> withBroken(
      Iterator<DeviceImage> images, SyntheticImages breakable, int every) {
    if (every < 0) {
      throw new IllegalArgumentException("Every %d-th image cannot be broken".formatted(every));
    }
    if (every == 0) {
      return images;
    }
    Broken[] kinds = Broken.values();
    return IntStream.iterate(1, n -> n + 1)
        .mapToObj(
            n ->
                n % every == 0
                    ? new DeviceImage(
                        breakable.broken(kinds[(n / every - 1) % kinds.length]), Optional.empty())
                    : images.next())
        .iterator();
  }

  /** The first so many of them. */
  public static Iterator<DeviceImage> limited(Iterator<DeviceImage> images, long count) {
    return LongStream.range(0, count).mapToObj(n -> images.next()).iterator();
  }

  private static <T> Iterator<DeviceImage> repeated(List<T> files, Function<T, DeviceImage> read) {
    if (files.isEmpty()) {
      throw new DataSetException("There are no images to send");
    }
    return LongStream.iterate(0, n -> n + 1)
        .mapToObj(n -> read.apply(files.get((int) (n % files.size()))))
        .iterator();
  }
}
