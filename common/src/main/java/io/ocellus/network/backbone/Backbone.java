package io.ocellus.network.backbone;

import io.ocellus.network.graph.Graph;
import io.ocellus.network.graph.GraphBuilder;

/** A family of networks with every parameter chosen but the number of classes. */
public interface Backbone {
  /**
   * Writes the whole network down, head included: RGB images in, {@code classes} logits out, with
   * the names that PyTorch's users know.
   *
   * @param builder empty
   */
  Graph graph(GraphBuilder builder, int classes);

  /** Where it was published, and for which images. */
  Origin origin();
}
