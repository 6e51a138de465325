package io.ocellus.trainer.training;

import ai.djl.Device;
import io.ocellus.network.NetworkSpec;
import io.ocellus.network.Normalization;
import io.ocellus.network.TrainingMode;
import io.ocellus.trainer.augment.Augmentations;
import io.ocellus.trainer.data.Dataset;
import io.ocellus.trainer.data.PixelSource;
import io.ocellus.trainer.data.Sample;
import io.ocellus.trainer.optim.Adam;
import io.ocellus.trainer.optim.LearningRates;
import io.ocellus.trainer.optim.Optimization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** A small network's run over images that are bright at the top or at the bottom. */
final class Toy {
  static final int SIZE = 16;

  private Toy() {}

  static Plan plan() {
    return plan(2, Optimization.with(Adam.coupled(0)));
  }

  static Plan plan(int epochs, Optimization optimization) {
    return plan(epochs, optimization, TrainingMode.PLAIN);
  }

  static Plan plan(int epochs, Optimization optimization, TrainingMode mode) {
    return new Plan(
        new NetworkSpec("se-densenet-light", 2, Map.of("block-config", "1,1", "drop-rate", "0.1")),
        Normalization.NONE,
        new Dataset(List.of("bottom", "top"), samples(0, 40), samples(40, 52)),
        new Pictures(),
        epochs,
        16,
        0,
        new LearningRates.Cosine(1e-3f, true),
        optimization,
        Augmentations.of(List.of("horizontal-flip", "random-crop", "mixup=0.2")),
        new CrossEntropy(0.1f, List.of()),
        mode,
        Optional.empty(),
        42);
  }

  private static List<Sample> samples(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> new Sample("image-" + i, i % 2)).toList();
  }

  static Candidate train(Plan plan) {
    return new TrainingRun(Device.cpu(), new Silence()).train(plan);
  }

  /** Noise with a bright half. */
  record Pictures() implements PixelSource {
    @Override
    public int size() {
      return SIZE;
    }

    @Override
    public Optional<byte[]> pixels(String id) {
      int number = Integer.parseInt(id.substring("image-".length()));
      SplittableRandom random = new SplittableRandom(number);
      byte[] image = new byte[3 * SIZE * SIZE];
      for (int i = 0; i < image.length; i++) {
        boolean top = i % (SIZE * SIZE) < SIZE * SIZE / 2;
        image[i] = (byte) (random.nextInt(150) + (top == (number % 2 == 1) ? 100 : 0));
      }
      return Optional.of(image);
    }
  }

  /** Tells nobody. */
  static class Silence implements Progress {
    @Override
    public void images(int epoch, int done, int of, double loss, double accuracy) {}

    @Override
    public void epoch(EpochResult result) {}

    @Override
    public void halved() {}
  }
}
