package io.ocellus.trainer;

import io.ocellus.file.Folders;
import io.ocellus.trainer.report.ReportFigures;
import io.ocellus.trainer.report.RunRecord;
import io.ocellus.trainer.report.RunReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where reports go: with the checkpoint that they belong to, or, of candidates that the gate
 * refused, into a folder that keeps the newest. A report that cannot be written costs no run.
 */
final class Reports {
  private static final Logger log = LoggerFactory.getLogger(Reports.class);
  private static final int KEPT = 20;

  private final Path refused;

  /**
   * @param refused folder for reports of candidates that are not published
   */
  Reports(Path refused) {
    this.refused = refused;
  }

  /** Adds the report to the files of a checkpoint. */
  void publish(RunRecord run, Path files) {
    write(run, files);
  }

  /** Keeps the report of a candidate that was refused; the page, unless it cannot be written. */
  Optional<Path> keep(RunRecord run) {
    Path folder = refused.resolve(run.lineage().run());
    if (!write(run, folder)) {
      return Optional.empty();
    }
    dropOldest();
    return Optional.of(folder.resolve(RunReport.FILE).toAbsolutePath());
  }

  private static boolean write(RunRecord run, Path folder) {
    try {
      RunReport.write(run, folder);
      return true;
    } catch (RuntimeException e) {
      log.warn("Run {} goes on without a report", run.lineage().run(), e);
      deleteHalf(folder);
      return false;
    }
  }

  private static void deleteHalf(Path folder) {
    try {
      Files.deleteIfExists(folder.resolve(RunReport.FILE));
      Files.deleteIfExists(folder.resolve(ReportFigures.FILE));
    } catch (IOException e) {
      throw new UncheckedIOException("Half a report cannot be deleted from " + folder, e);
    }
  }

  private void dropOldest() {
    try (Stream<Path> folders = Files.list(refused)) {
      List<Path> newestFirst =
          folders.sorted(Comparator.comparing(Reports::written).reversed()).toList();
      newestFirst.stream().skip(KEPT).forEach(Folders::clear);
    } catch (IOException e) {
      log.warn("Old reports in {} cannot be looked at: {}", refused, e.getMessage());
    }
  }

  private static long written(Path folder) {
    return folder.toFile().lastModified();
  }
}
