package io.ocellus.trainer.augment;

/**
 * Changes what a network learns from at random, so that it does not learn by heart. Names, ranges
 * and defaults are torchvision's.
 */
sealed interface Augmentation permits PictureChange, BatchMix {}
