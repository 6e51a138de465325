package io.ocellus.trainer.report;

import io.ocellus.service.JsonFieldException;
import io.ocellus.service.StrictJson;
import io.ocellus.trainer.measure.ClassScore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The figures of a report for programs: {@code report.json}. The next run draws its curves beside
 * these.
 *
 * @param model name that versions are counted under
 * @param run id of the run
 * @param history its epochs
 * @param temperature that probabilities are made with
 * @param calibrationErrorBefore expected calibration error at temperature 1
 * @param calibrationErrorAfter the same at that temperature
 * @param areaUnderRoc of each class against the rest; those that have one
 * @param scores precision, recall and F1 of each class
 * @param confusion images by true class, then by predicted class, in the order of {@code scores}
 */
@SuppressWarnings("ArrayRecordComponent")
public record ReportFigures(
    String model,
    String run,
    List<EpochFigures> history,
    double temperature,
    double calibrationErrorBefore,
    double calibrationErrorAfter,
    Map<String, Double> areaUnderRoc,
    Map<String, ClassScore> scores,
    int[][] confusion) {
  /** Its name among a checkpoint's files. */
  public static final String FILE = "report.json";

  private static final Logger log = LoggerFactory.getLogger(ReportFigures.class);

  /** The epochs that a version tells of; none where it has no such file. */
  public static List<EpochFigures> history(Path directory) {
    Path file = directory.resolve(FILE);
    if (Files.notExists(file)) {
      return List.of();
    }
    try {
      List<EpochFigures> history =
          StrictJson.read(Files.readAllBytes(file), ReportFigures.class).history();
      return history == null ? List.of() : List.copyOf(history);
    } catch (IOException | JsonFieldException e) {
      log.warn("The parent's {} cannot be read: {}", FILE, e.getMessage());
      return List.of();
    }
  }
}
