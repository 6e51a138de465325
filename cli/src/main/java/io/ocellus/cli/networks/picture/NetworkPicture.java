package io.ocellus.cli.networks.picture;

import io.ocellus.network.Network;
import io.ocellus.network.Summary;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The picture of a network, as SVG. */
public final class NetworkPicture {
  private static final String STYLE =
      "text{font-family:Helvetica,Arial,sans-serif;font-size:11px;fill:#1f2933}"
          + ".h{font-size:15px;font-weight:bold}.t{font-size:12px;font-weight:bold}.s{fill:#52606d;text-anchor:middle}"
          + ".w{fill:none;stroke:#7b8794;stroke-width:1.2}.b{stroke:#9aa5b1}";
  private static final Map<String, String> FILLS =
      Map.of(
          "module", "#dbeafe",
          "conv", "#e0f2e9",
          "linear", "#fde8d7",
          "input", "#ffffff");
  private static final String PLAIN = "#f1f3f5";
  private static final double HEADING = 50;
  private static final double LEAST_WIDTH = 230;

  private final XMLStreamWriter svg;

  private NetworkPicture(XMLStreamWriter svg) {
    this.svg = svg;
  }

  /**
   * Writes it.
   *
   * @param pixels width and height of the images
   * @param depth how many words of a name a submodule has that is one box; as deep as can be read
   *     where it is empty
   * @return how many boxes it has
   */
  public static int write(Network network, int pixels, Optional<Integer> depth, Path file)
      throws IOException {
    Outline outline =
        depth
            .map(d -> Outline.of(network, pixels, d))
            .orElseGet(() -> Outline.readable(network, pixels));
    Layout layout = Layout.of(outline);
    try (Writer out = Files.newBufferedWriter(file)) {
      XMLStreamWriter svg = XMLOutputFactory.newInstance().createXMLStreamWriter(out);
      new NetworkPicture(svg).write(network.summary(pixels), outline, layout);
      svg.close();
    } catch (XMLStreamException e) {
      throw new IOException("The picture cannot be written", e);
    }
    return outline.boxes().size();
  }

  private void write(Summary summary, Outline outline, Layout layout) throws XMLStreamException {
    double width = Math.max(layout.width(), LEAST_WIDTH);
    double height = layout.height() + HEADING;
    svg.writeStartElement("svg");
    svg.writeDefaultNamespace("http://www.w3.org/2000/svg");
    attributes("width", width, "height", height);
    svg.writeAttribute("viewBox", "0 0 %s %s".formatted(number(width), number(height)));
    text("title", summary.network());
    text("style", STYLE);
    arrowHead();
    rectangle(new Layout.Place(0, 0, width, height), "#ffffff", "");
    heading(summary);
    svg.writeStartElement("g");
    attributes(
        "transform",
        "translate(%s %s)".formatted(number((width - layout.width()) / 2), number(HEADING)));
    for (int i = 0; i < outline.arrows().size(); i++) {
      arrow(layout.arrows().get(i));
    }
    for (int i = 0; i < outline.arrows().size(); i++) {
      shape(outline.arrows().get(i), layout.arrows().get(i).label());
    }
    for (int i = 0; i < outline.boxes().size(); i++) {
      box(outline.boxes().get(i), layout.boxes().get(i));
    }
    svg.writeEndElement();
    svg.writeEndElement();
  }

  private void heading(Summary summary) throws XMLStreamException {
    double y = Layout.LINE + 5;
    line("h", 20, y, summary.network());
    line("", 20, y + Layout.LINE, "%,d parameters".formatted(summary.parameters()));
    line(
        "",
        20,
        y + 2 * Layout.LINE,
        "%,d million multiply-adds, %d x %d"
            .formatted(Math.round(summary.multiplyAdds() / 1e6), summary.size(), summary.size()));
  }

  private void arrowHead() throws XMLStreamException {
    svg.writeStartElement("marker");
    attributes(
        "id",
        "head",
        "viewBox",
        "0 0 8 8",
        "refX",
        8,
        "refY",
        4,
        "markerWidth",
        7,
        "markerHeight",
        7,
        "orient",
        "auto");
    svg.writeEmptyElement("path");
    attributes("d", "M0 0L8 4L0 8z", "fill", "#7b8794");
    svg.writeEndElement();
  }

  private void arrow(Layout.Path path) throws XMLStreamException {
    svg.writeEmptyElement("polyline");
    String points =
        path.points().stream()
            .map(point -> number(point.x()) + "," + number(point.y()))
            .collect(Collectors.joining(" "));
    attributes("class", "w", "points", points, "marker-end", "url(#head)");
  }

  private void shape(Outline.Arrow arrow, Layout.Place place) throws XMLStreamException {
    rectangle(place, "#ffffff", "");
    line("s", place.x() + place.width() / 2, place.y() + place.height() - 4, arrow.shape());
  }

  private void box(Box box, Layout.Place place) throws XMLStreamException {
    rectangle(place, FILLS.getOrDefault(box.kind(), PLAIN), "b");
    double x = place.x() + 10;
    double y = place.y() + Layout.LINE + 1;
    line("t", x, y, box.title());
    for (String text : box.lines()) {
      y += Layout.LINE;
      line("", x, y, text);
    }
  }

  private void rectangle(Layout.Place place, String fill, String style) throws XMLStreamException {
    svg.writeEmptyElement("rect");
    attributes(
        "x",
        place.x(),
        "y",
        place.y(),
        "width",
        place.width(),
        "height",
        place.height(),
        "rx",
        style.isEmpty() ? 0 : 5,
        "fill",
        fill,
        "class",
        style);
  }

  private void line(String style, double x, double y, String text) throws XMLStreamException {
    svg.writeStartElement("text");
    attributes("class", style, "x", x, "y", y);
    svg.writeCharacters(text);
    svg.writeEndElement();
  }

  private void text(String element, String text) throws XMLStreamException {
    svg.writeStartElement(element);
    svg.writeCharacters(text);
    svg.writeEndElement();
  }

  private void attributes(Object... namesAndValues) throws XMLStreamException {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      Object value = namesAndValues[i + 1];
      svg.writeAttribute(
          (String) namesAndValues[i],
          value instanceof Number number ? number(number.doubleValue()) : (String) value);
    }
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value).replaceFirst("\\.0$", "");
  }
}
