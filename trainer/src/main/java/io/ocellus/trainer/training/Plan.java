package io.ocellus.trainer.training;

import io.ocellus.network.NetworkSpec;
import io.ocellus.network.Normalization;
import io.ocellus.network.StateDict;
import io.ocellus.trainer.augment.Augmentations;
import io.ocellus.trainer.data.Dataset;
import io.ocellus.trainer.data.PixelSource;
import io.ocellus.trainer.optim.Optimization;
import java.util.Optional;

/**
 * What one run is to do.
 *
 * @param network to train
 * @param normalization of its input
 * @param data to learn from and to be measured on
 * @param pixels of the images, in the network's size
 * @param epochs passes over the training images
 * @param batchSize images per step
 * @param rates learning rate of each epoch
 * @param optimization how parameters move
 * @param augmentations of training images
 * @param loss that training minimises
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
    LearningRates rates,
    Optimization optimization,
    Augmentations augmentations,
    CrossEntropy loss,
    Optional<StateDict> start,
    long seed) {}
