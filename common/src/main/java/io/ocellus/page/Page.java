package io.ocellus.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A page in one file: style, script, charts and pictures are inside, and a content security policy
 * keeps browsers from fetching anything. It follows the reader's choice of light or dark, and can
 * be printed.
 *
 * @param title of the window and at the top
 * @param lead one sentence under it
 * @param sections from top to bottom
 */
public record Page(String title, String lead, List<Section> sections) {
  public Page {
    sections = List.copyOf(sections);
  }

  /** The page's HTML. */
  public String html() {
    return Templates.render("page", new Filled(this));
  }

  /** Writes it as UTF-8. */
  public void write(Path file) {
    try {
      Files.writeString(file, html());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }

  /** What the template needs besides the page's own content. */
  record Filled(Page page) {
    String css() {
      return Resources.text("page.css");
    }

    String script() {
      return Resources.text("page.js");
    }

    String library() {
      return hasCharts() ? Resources.echarts() : "";
    }

    boolean hasCharts() {
      return page.sections().stream()
          .flatMap(section -> section.blocks().stream())
          .anyMatch(Chart.class::isInstance);
    }
  }
}
