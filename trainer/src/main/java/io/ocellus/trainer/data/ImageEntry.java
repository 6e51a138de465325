package io.ocellus.trainer.data;

/**
 * What the store knows of one image beside its bytes.
 *
 * @param label its class
 * @param group what must not be split between training and test; the image's id where none was sent
 * @param split the side that the sender demands ({@code TRAIN} or {@code TEST}); empty for none
 * @param failure tag of what makes it useless; empty for an image that can be learned from
 * @param hash SHA-256 of the encoded image
 * @param generation of the reading that saw it last
 */
public record ImageEntry(
    String label, String group, String split, String failure, String hash, int generation) {

  /** Whether it can be learned from. */
  public boolean usable() {
    return failure.isEmpty();
  }

  boolean sameContent(ImageEntry other) {
    return inGeneration(other.generation).equals(other);
  }

  ImageEntry inGeneration(int newGeneration) {
    return new ImageEntry(label, group, split, failure, hash, newGeneration);
  }
}
