package io.ocellus.cli.networks;

import io.ocellus.network.Network;
import io.ocellus.network.NetworkSpec;
import io.ocellus.network.Networks;
import io.ocellus.network.backbone.Origin;
import java.util.Map;

/**
 * What a network of the catalogue costs as it was published.
 *
 * @param name in the catalogue
 * @param size width and height of the images in pixels
 * @param classes that it tells apart
 * @param parameters that it learns
 * @param multiplyAdds for one image
 * @param deployBytes of its weights as they are deployed
 * @param paper where it was published
 */
record NetworkCost(
    String name,
    int size,
    int classes,
    long parameters,
    long multiplyAdds,
    long deployBytes,
    String paper) {

  static NetworkCost of(String name) {
    Origin origin = Networks.origin(name, Map.of());
    Network network = Networks.create(new NetworkSpec(name, origin.classes()));
    return new NetworkCost(
        name,
        origin.size(),
        origin.classes(),
        network.parameters(),
        network.summary(origin.size()).multiplyAdds(),
        network.deployBytes(),
        origin.paper());
  }
}
