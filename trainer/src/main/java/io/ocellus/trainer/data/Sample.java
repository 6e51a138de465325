package io.ocellus.trainer.data;

/**
 * One image of a run.
 *
 * @param id of the image
 * @param label index of its class
 */
public record Sample(String id, int label) {}
