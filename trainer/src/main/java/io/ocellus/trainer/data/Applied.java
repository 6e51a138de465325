package io.ocellus.trainer.data;

/**
 * What a stretch of the labelled topic did to the store.
 *
 * @param stored images that are new or changed
 * @param unchanged images that came again as they were
 * @param unusable images that cannot be read or lack a label
 * @param forgotten tombstones
 */
public record Applied(int stored, int unchanged, int unusable, int forgotten) {}
