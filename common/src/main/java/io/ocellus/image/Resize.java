package io.ocellus.image;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How an image that is no square becomes one. Resizing is antialiased whichever is chosen. */
public enum Resize {
  /** Resized to the square without regard to its shape: nothing is lost, proportions are. */
  @JsonProperty("stretch")
  STRETCH("stretch"),
  /** Resized until it fits, with black beside it: nothing is lost, as Pillow's ImageOps.pad. */
  @JsonProperty("letterbox")
  LETTERBOX("letterbox"),
  /**
   * Its short side resized to 8/7 of the square's, and the middle cut out: the usual evaluation of
   * ImageNet, torchvision's {@code Resize(256)} and {@code CenterCrop(224)}.
   */
  @JsonProperty("center-crop")
  CENTER_CROP("center-crop");

  private final String label;

  Resize(String label) {
    this.label = label;
  }

  /** As it is written in settings and manifests. */
  public String label() {
    return label;
  }
}
