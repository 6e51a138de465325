package io.ocellus.network.backbone;

import io.ocellus.network.graph.Graph;

/** A family of networks with every parameter chosen but the number of classes. */
public interface Backbone {
  /**
   * Writes the whole network down, head included: RGB images in, {@code classes} logits out, with
   * the names that PyTorch's users know.
   */
  Graph graph(int classes);

  /** Where it was published, and for which images. */
  Origin origin();
}
