package io.ocellus.trainer.data;

/**
 * One image of a run.
 *
 * @param id of the image
 * @param label index of its class
 * @param copy which one of several of the same image in an epoch, counted from zero: each is
 *     changed at random in its own way
 */
public record Sample(String id, int label, int copy) {
  /** An image that is there once. */
  public Sample(String id, int label) {
    this(id, label, 0);
  }
}
