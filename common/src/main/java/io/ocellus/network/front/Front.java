package io.ocellus.network.front;

import io.ocellus.network.graph.Graph;
import io.ocellus.network.graph.GraphBuilder;

/** What stands before any network, changes the images that it sees, and learns with it. */
@FunctionalInterface
public interface Front {
  /** Leaves the images as they are. */
  Front NONE = (builder, network) -> network;

  /**
   * The network with this in front of it, under a submodule name of its own.
   *
   * @param builder empty
   */
  Graph before(GraphBuilder builder, Graph network);
}
