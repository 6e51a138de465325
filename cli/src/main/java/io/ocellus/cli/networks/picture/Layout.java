package io.ocellus.cli.networks.picture;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkLabel;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/**
 * Where the boxes and arrows of an outline go: from top to bottom in layers (Sugiyama et al. 1981),
 * by the Eclipse Layout Kernel. Lengths are in pixels.
 *
 * @param width of the whole
 * @param height of the whole
 * @param boxes in the outline's order
 * @param arrows in the outline's order
 */
record Layout(double width, double height, List<Place> boxes, List<Path> arrows) {
  static final double LINE = 15;
  private static final double CHARACTER = 6.6;
  private static final double PADDING = 10;
  private static final double MARGIN = 20;
  private static final double LAYERS_APART = 22;

  /** A rectangle. */
  record Place(double x, double y, double width, double height) {}

  /** A point. */
  record Point(double x, double y) {}

  /**
   * An arrow's way.
   *
   * @param points from tail to head
   * @param label where its text goes
   */
  record Path(List<Point> points, Place label) {}

  static {
    LayoutMetaDataService.getInstance()
        .registerLayoutMetaDataProviders(new LayeredMetaDataProvider());
  }

  /** Lays an outline out. */
  static Layout of(Outline outline) {
    ElkNode graph = ElkGraphUtil.createGraph();
    graph.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
    graph.setProperty(CoreOptions.DIRECTION, Direction.DOWN);
    graph.setProperty(CoreOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
    graph.setProperty(CoreOptions.PADDING, new ElkPadding(MARGIN));
    graph.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, LAYERS_APART);
    List<ElkNode> nodes = outline.boxes().stream().map(box -> node(graph, box)).toList();
    List<ElkEdge> edges = new ArrayList<>();
    for (Outline.Arrow arrow : outline.arrows()) {
      ElkEdge edge = ElkGraphUtil.createSimpleEdge(nodes.get(arrow.from()), nodes.get(arrow.to()));
      ElkLabel label = ElkGraphUtil.createLabel(arrow.shape(), edge);
      label.setDimensions(textWidth(arrow.shape()), LINE);
      label.setProperty(CoreOptions.EDGE_LABELS_INLINE, true);
      edges.add(edge);
    }
    new RecursiveGraphLayoutEngine().layout(graph, new BasicProgressMonitor());
    return new Layout(
        graph.getWidth(),
        graph.getHeight(),
        nodes.stream()
            .map(n -> new Place(n.getX(), n.getY(), n.getWidth(), n.getHeight()))
            .toList(),
        edges.stream().map(Layout::path).toList());
  }

  private static ElkNode node(ElkNode graph, Box box) {
    ElkNode node = ElkGraphUtil.createNode(graph);
    double text =
        Math.max(
            textWidth(box.title()) * 1.1,
            box.lines().stream().mapToDouble(Layout::textWidth).max().orElse(0));
    node.setDimensions(text + 2 * PADDING, (1 + box.lines().size()) * LINE + PADDING);
    return node;
  }

  private static Path path(ElkEdge edge) {
    ElkEdgeSection section = edge.getSections().get(0);
    List<Point> points = new ArrayList<>();
    points.add(new Point(section.getStartX(), section.getStartY()));
    section.getBendPoints().forEach(bend -> points.add(new Point(bend.getX(), bend.getY())));
    points.add(new Point(section.getEndX(), section.getEndY()));
    ElkLabel label = edge.getLabels().get(0);
    return new Path(
        points, new Place(label.getX(), label.getY(), label.getWidth(), label.getHeight()));
  }

  private static double textWidth(String text) {
    return CHARACTER * text.length();
  }
}
