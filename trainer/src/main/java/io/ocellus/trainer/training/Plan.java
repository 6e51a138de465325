package io.ocellus.trainer.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ocellus.file.Sha256;
import io.ocellus.network.NetworkSpec;
import io.ocellus.network.Normalization;
import io.ocellus.network.StateDict;
import io.ocellus.network.TrainingMode;
import io.ocellus.trainer.augment.Augmentations;
import io.ocellus.trainer.data.Dataset;
import io.ocellus.trainer.data.PixelSource;
import io.ocellus.trainer.optim.LearningRates;
import io.ocellus.trainer.optim.Moment;
import io.ocellus.trainer.optim.Optimization;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one run is to do.
 *
 * @param network to train
 * @param normalization of its input
 * @param data to learn from and to be measured on
 * @param pixels of the images, in the network's size
 * @param epochs passes over the training images
 * @param batchSize images per step
 * @param patience epochs without a better one that end the run; 0 for none
 * @param rates learning rate of each step
 * @param optimization how parameters move
 * @param augmentations of training images
 * @param loss that training minimises
 * @param mode how its passes are computed
 * @param start weights to go on from; empty for fresh ones
 * @param seed of every random choice
 */
public record Plan(
    NetworkSpec network,
    Normalization normalization,
    Dataset data,
    PixelSource pixels,
    int epochs,
    int batchSize,
    int patience,
    LearningRates rates,
    Optimization optimization,
    Augmentations augmentations,
    CrossEntropy loss,
    TrainingMode mode,
    Optional<StateDict> start,
    long seed) {

  /** The learning rate of the first step after those epochs. */
  float rateAfter(List<EpochResult> history) {
    List<Double> losses = history.stream().map(result -> result.test().loss()).toList();
    return rates.at(new Moment(history.size(), epochs, 0, steps(), losses));
  }

  private int steps() {
    return (data.train().size() + batchSize - 1) / batchSize;
  }

  /** A fingerprint of all that the weights depend on, but for the images' contents. */
  String identity() {
    StringBuilder text = new StringBuilder();
    text.append(network.name()).append(new TreeMap<>(network.options()));
    for (Object part :
        List.of(
            normalization,
            data,
            pixels.size(),
            epochs,
            batchSize,
            patience,
            rates,
            optimization,
            augmentations,
            loss,
            mode.mixedPrecision(),
            seed)) {
      text.append('\n').append(part);
    }
    start.ifPresent(
        weights ->
            weights
                .entries()
                .forEach(
                    (name, tensor) -> text.append(name).append(Arrays.hashCode(tensor.values()))));
    return Sha256.hex(text.toString().getBytes(UTF_8));
  }
}
