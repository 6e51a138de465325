package io.ocellus.network.front;

import io.ocellus.network.graph.Graph;
import io.ocellus.network.graph.GraphBuilder;
import io.ocellus.network.graph.Init;
import io.ocellus.network.graph.Linear;
import io.ocellus.network.graph.Value;
import java.util.HashMap;
import java.util.Map;

/**
 * A spatial transformer (Jaderberg et al. 2015, <a href="https://arxiv.org/abs/1506.02025">arXiv
 * 1506.02025</a>): a small network looks at the picture and says through which affine window the
 * network behind it shall see it. It starts with the whole picture. The localisation network is
 * that of PyTorch's tutorial, with a pool before its linear layers so that pictures may have any
 * size.
 */
final class SpatialTransformer implements Front {
  private static final int EXTENT = 3;
  private static final int HIDDEN = 32;
  private static final int AFFINE = 6;

  @Override
  public Graph before(GraphBuilder graph, Graph network) {
    Value seen = transformed(graph, graph.input());
    Map<Integer, Integer> places = new HashMap<>(Map.of(0, seen.node()));
    graph.append(network, 1, network.nodes().size(), places);
    return graph.build();
  }

  private static Value transformed(GraphBuilder graph, Value images) {
    GraphBuilder stn = graph.scope("stn");
    GraphBuilder localization = stn.scope("localization");
    Value x = localization.conv("0", images, 8, 7, 1, 3);
    x = localization.relu(localization.maxPool(x, 2, 2, 0));
    x = localization.conv("3", x, 10, 5, 1, 2);
    x = localization.relu(localization.maxPool(x, 2, 2, 0));
    GraphBuilder fc = stn.scope("fc_loc");
    x = fc.flatten(fc.adaptiveAvgPool(x, EXTENT), EXTENT, EXTENT);
    x = fc.relu(fc.linear("0", x, HIDDEN, true));
    Value window = fc.linear("2", x, new Linear(HIDDEN, AFFINE, false, Init.ZEROS));
    return graph.affineSample("stn", images, window);
  }
}
