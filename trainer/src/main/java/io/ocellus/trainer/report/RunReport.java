package io.ocellus.trainer.report;

import io.ocellus.page.Page;
import io.ocellus.page.Section;
import io.ocellus.service.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a run came to, as a page for people ({@code report.html}) and as figures for programs
 * ({@code report.json}).
 */
public final class RunReport {
  /** The page's name among a checkpoint's files. */
  public static final String FILE = "report.html";

  private RunReport() {}

  /** Writes both into that folder, which is made if it is not there. */
  public static void write(RunRecord run, Path directory) {
    Measured measured = Measured.of(run.candidate().predictions());
    try {
      Files.createDirectories(directory);
      Json.MAPPER
          .writerWithDefaultPrettyPrinter()
          .writeValue(directory.resolve(ReportFigures.FILE).toFile(), measured.figures(run));
    } catch (IOException e) {
      throw new UncheckedIOException("The report's figures cannot be written to " + directory, e);
    }
    page(run, measured).write(directory.resolve(FILE));
  }

  private static Page page(RunRecord run, Measured measured) {
    Gallery gallery = new Gallery(run, measured);
    List<Section> sections = new ArrayList<>();
    Optional<Measured> test =
        run.test().map(t -> Measured.of(t.predictions(), measured.temperature()));
    test.ifPresent(t -> sections.add(Overview.ofTest(run.test().orElseThrow(), t)));
    sections.add(Overview.of(run, measured));
    sections.add(Curves.of(run));
    test.ifPresent(
        t -> sections.add(Classes.of("Classes in the test part", Classes.TERMS, run.classes(), t)));
    String about = test.isPresent() ? "In the images that chose the epoch." : Classes.TERMS;
    sections.add(Classes.of("Classes", about, run.classes(), measured));
    sections.add(Confidence.of(measured));
    sections.add(gallery.mistakes());
    gallery.maps().ifPresent(sections::add);
    sections.add(Origin.of(run));
    return new Page(
        "%s: %s".formatted(run.model(), run.candidate().network().spec().name()),
        "Run %s. %s".formatted(run.lineage().run(), run.outcome()).strip(),
        sections);
  }
}
