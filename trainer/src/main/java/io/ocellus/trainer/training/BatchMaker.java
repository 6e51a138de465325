package io.ocellus.trainer.training;

import io.ocellus.network.Normalization;
import io.ocellus.trainer.data.PixelSource;
import io.ocellus.trainer.data.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Makes batches of images: the same for the same seed, epoch and order, whichever thread asks. */
final class BatchMaker {
  private final PixelSource pixels;
  private final int classes;
  private final InputScale scale;
  private final Augmentation augmentation;
  private final long seed;

  BatchMaker(
      PixelSource pixels,
      int classes,
      Normalization normalization,
      Augmentation augmentation,
      long seed) {
    this.pixels = pixels;
    this.classes = classes;
    this.scale = new InputScale(normalization, pixels.size());
    this.augmentation = augmentation;
    this.seed = seed;
  }

  /** The samples in the order of that epoch. */
  List<Sample> shuffled(List<Sample> samples, int epoch) {
    SplittableRandom random = new SplittableRandom(seed * 31 + epoch);
    List<Sample> order = new ArrayList<>(samples);
    for (int i = order.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      Sample swapped = order.get(i);
      order.set(i, order.get(j));
      order.set(j, swapped);
    }
    return order;
  }

  /** One batch; images that were forgotten meanwhile are left out. */
  HostBatch make(List<Sample> samples, int epoch) {
    int floats = scale.floatsPerImage();
    float[] batch = new float[samples.size() * floats];
    int[] labels = new int[samples.size()];
    int count = 0;
    for (Sample sample : samples) {
      Optional<byte[]> image = pixels.pixels(sample.id());
      if (image.isPresent()) {
        SplittableRandom random =
            new SplittableRandom(seed ^ (long) sample.id().hashCode() << 32 ^ epoch);
        scale.write(image.get(), augmentation.choose(pixels.size(), random), batch, count * floats);
        labels[count++] = sample.label();
      }
    }
    return HostBatch.of(
        count == samples.size() ? batch : Arrays.copyOf(batch, count * floats),
        Arrays.copyOf(labels, count),
        classes,
        pixels.size());
  }
}
