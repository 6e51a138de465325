package io.ocellus.inferencer.classify;

/**
 * An image in flight, as it lies in a slot of the ring.
 *
 * @param sequence its place in the order of its task
 * @param event the image
 */
record Envelope(long sequence, ImageEvent event) {}
