package io.ocellus.network.front;

import io.ocellus.network.graph.Adjoint;
import io.ocellus.network.graph.Graph;
import io.ocellus.network.graph.GraphBuilder;
import io.ocellus.network.graph.MatMul;
import io.ocellus.network.graph.ParameterSpec;
import io.ocellus.network.graph.Value;
import java.util.HashMap;
import java.util.Map;

/**
 * A network of dynamic capacity (Almahairi et al. 2016, <a
 * href="https://arxiv.org/abs/1511.07838">arXiv 1511.07838</a>): a small coarse network sees the
 * whole picture, scaled down, and says what the entropy of its prediction hangs on most; of the
 * picture itself the network behind it sees the window there alone, so that it computes on the
 * {@code zoom²}-th part of the pixels. The head takes the mean of what both have found; with the
 * same weights it has made the coarse prediction, so nothing but the head knows the classes.
 *
 * <p>The coarse network gives features in a grid of cells, whose mean goes to the head. By that
 * mean the slope of the entropy, which the paper takes the norm of, is the same at every cell;
 * saliency here is slope times feature, {@code |f_ij · dH/df_ij|}: how much the entropy would
 * change if that cell counted for more. In closed form, with logits z and probabilities p, {@code
 * dH/dz_c = -p_c (z_c - sum_k p_k z_k)}. The paper refines several small patches and puts their
 * features in the place of the coarse ones; this looks through one window and averages. The paper's
 * hint, a second loss that draws coarse features towards fine ones, is left out.
 *
 * <p>The choice of the window is hard and has no gradient; the coarse network learns by what it
 * says to the head. Where two windows are as good to the last digits, engines may choose
 * differently.
 *
 * @param zoom how often the window goes into the height and into the width of the picture
 * @param width filters of the coarse network's first convolution
 */
record CoarseToFine(int zoom, int width) implements Front {
  /** How many cells a window is wide; it moves by one. */
  private static final int CELLS = 4;

  /** A window of a few pixels in the largest of pictures. */
  private static final int LARGEST = 1024;

  CoarseToFine {
    if (zoom < 2 || zoom > LARGEST) {
      throw new IllegalArgumentException("zoom must be 2 to %d, not %d".formatted(LARGEST, zoom));
    }
    if (width < 1) {
      throw new IllegalArgumentException("coarse-width must be at least 1, not " + width);
    }
  }

  @Override
  public Graph before(GraphBuilder graph, Graph network) {
    int head = network.head();
    int features = network.nodes().get(head).inputs().get(0);
    ParameterSpec weight = network.nodes().get(head).op().parameters().get(0);
    GraphBuilder coarse = graph.scope("coarse");
    Value images = graph.input();
    Value small = coarse.avgPool(images, zoom, zoom);
    Value cells = cells(coarse, small, weight.shape().get(1));
    Value mean = coarse.globalPool(cells);
    Value found = weight.shape().dimension() > 2 ? coarse.unflatten(mean) : mean;

    Value logits = classified(graph, network, found, weight.shape().get(0));
    String name = network.nodes().get(head).name();
    Value slope = graph.adjoint(name, slope(coarse, logits), new Adjoint(weight));
    Value window = coarse.window(images, small, centre(coarse, cells, slope), zoom);

    Map<Integer, Integer> places = new HashMap<>(Map.of(0, window.node()));
    graph.append(network, 1, head, places);
    Value fine = new Value(places.get(features), found.channels());
    places.put(features, coarse.scale(coarse.add(fine, found), 0.5).node());
    graph.append(network, head, network.nodes().size(), places);
    return graph.build();
  }

  private Value cells(GraphBuilder coarse, Value small, long features) {
    Value x = coarse.conv("conv1", small, width, 7, 2, 3);
    x = coarse.relu(coarse.batchNorm("norm1", x));
    x = coarse.relu(coarse.batchNorm("norm2", coarse.conv("conv2", x, 2L * width, 3, 1, 1)));
    x = coarse.adaptiveAvgPool(x, zoom * CELLS);
    return coarse.relu(coarse.batchNorm("norm3", coarse.conv("conv3", x, features, 1, 1, 0)));
  }

  /** The logits of what the coarse network has found, by the network's own head. */
  private static Value classified(GraphBuilder graph, Graph network, Value found, long classes) {
    int head = network.head();
    int features = network.nodes().get(head).inputs().get(0);
    Map<Integer, Integer> places = new HashMap<>(Map.of(features, found.node()));
    graph.append(network, head, head + 1, places);
    return graph.reshape(new Value(places.get(head), classes), classes);
  }

  /** How the entropy falls with each logit, {@code p_c (z_c - sum_k p_k z_k)}. */
  private static Value slope(GraphBuilder coarse, Value logits) {
    long classes = logits.channels();
    Value p = coarse.softmax(logits, 0);
    Value row = coarse.reshape(p, 1L, classes);
    Value column = coarse.reshape(logits, classes, 1L);
    Value mean = coarse.reshape(coarse.matMul(row, column, new MatMul(false, false), 1), 1L);
    return coarse.multiply(p, coarse.add(logits, coarse.scale(mean, -1)));
  }

  /** Of the window whose cells have the greatest sum of squared saliency. */
  private Value centre(GraphBuilder coarse, Value cells, Value slope) {
    long grid = (long) zoom * CELLS;
    Value each = coarse.reshape(cells, cells.channels(), -1L);
    Value row = coarse.reshape(slope, 1L, cells.channels());
    Value saliency = coarse.matMul(row, each, new MatMul(false, false), 1);
    saliency = coarse.reshape(saliency, 1L, grid, grid);
    Value windows = coarse.avgPool(coarse.multiply(saliency, saliency), CELLS, 1);
    Value peak = coarse.peak(windows, (zoom - 1) * CELLS + 1);
    return coarse.scale(peak, 1 - 1.0 / zoom);
  }
}
