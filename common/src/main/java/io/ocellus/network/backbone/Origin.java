package io.ocellus.network.backbone;

/**
 * Where a network was published.
 *
 * @param paper its authors, year and address, on one line
 * @param size width and height in pixels of the images that it was published for
 * @param classes of the data that it was published for
 */
public record Origin(String paper, int size, int classes) {
  /** ImageNet's usual 224 pixels and 1000 classes. */
  static Origin imageNet(String paper) {
    return new Origin(paper, 224, 1000);
  }

  /** CIFAR-10's 32 pixels and 10 classes. */
  static Origin cifar(String paper) {
    return new Origin(paper, 32, 10);
  }
}
