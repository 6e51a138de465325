package io.ocellus.trainer.training;

import io.ocellus.network.Normalization;
import io.ocellus.trainer.augment.Augmentations;
import io.ocellus.trainer.augment.Batch;
import io.ocellus.trainer.augment.Picture;
import io.ocellus.trainer.data.PixelSource;
import io.ocellus.trainer.data.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Makes batches of images: the same for the same seed, epoch and order, whichever thread asks. */
final class BatchMaker {
  /** Spreads copies of an image over all integers. */
  private static final int GOLDEN = 0x9e3779b9;

  private final PixelSource pixels;
  private final int classes;
  private final InputScale scale;
  private final Augmentations augmentations;
  private final long seed;

  BatchMaker(
      PixelSource pixels,
      int classes,
      Normalization normalization,
      Augmentations augmentations,
      long seed) {
    this.pixels = pixels;
    this.classes = classes;
    this.scale = new InputScale(normalization, pixels.size());
    this.augmentations = augmentations;
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

  private SplittableRandom random(Sample sample, int epoch) {
    int image = sample.id().hashCode() + GOLDEN * sample.copy();
    return new SplittableRandom(seed ^ (long) image << 32 ^ epoch);
  }

  /** One batch; images that were forgotten meanwhile are left out. */
  HostBatch make(List<Sample> samples, int epoch) {
    int floats = scale.floatsPerImage();
    float[] batch = new float[samples.size() * floats];
    int[] labels = new int[samples.size()];
    List<String> ids = new ArrayList<>(samples.size());
    int count = 0;
    Picture picture = scale.picture();
    for (Sample sample : samples) {
      Optional<byte[]> image = pixels.pixels(sample.id());
      if (image.isPresent()) {
        SplittableRandom random = random(sample, epoch);
        picture.load(image.get());
        augmentations.change(picture, random);
        scale.write(picture, batch, count * floats);
        ids.add(sample.id());
        labels[count++] = sample.label();
      }
    }
    HostBatch made =
        HostBatch.of(
            ids,
            count == samples.size() ? batch : Arrays.copyOf(batch, count * floats),
            Arrays.copyOf(labels, count),
            classes,
            pixels.size());
    augmentations.mix(
        new Batch(made.pixels(), made.targets(), count, classes, pixels.size()),
        random(samples.get(0), ~epoch));
    return made;
  }
}
