package io.ocellus.network.front;

import io.ocellus.network.graph.Graph;

/** What stands before any network, changes the images that it sees, and learns with it. */
@FunctionalInterface
public interface Front {
  /** Leaves the images as they are. */
  Front NONE = network -> network;

  /** The network with this in front of it, under a submodule name of its own. */
  Graph before(Graph network);
}
