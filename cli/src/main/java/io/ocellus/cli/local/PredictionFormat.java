package io.ocellus.cli.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.ocellus.cli.text.TextTable;
import io.ocellus.service.Json;
import java.util.List;
import java.util.Locale;

/** How predictions are printed. */
enum PredictionFormat {
  TABLE {
    @Override
    String of(List<Prediction> predictions) {
      TextTable table = new TextTable(List.of("IMAGE", "LABEL", "PROBABILITY"));
      for (Prediction prediction : predictions) {
        String image = prediction.image();
        for (Guess guess : prediction.guesses()) {
          table.row(List.of(image, guess.label(), Shares.of(guess.probability())));
          image = "";
        }
      }
      return table.toString();
    }
  },
  CSV {
    @Override
    String of(List<Prediction> predictions) {
      StringBuilder csv = new StringBuilder("image,rank,label,probability");
      for (Prediction prediction : predictions) {
        int rank = 1;
        for (Guess guess : prediction.guesses()) {
          csv.append(System.lineSeparator())
              .append(quoted(prediction.image()))
              .append(',')
              .append(rank++)
              .append(',')
              .append(quoted(guess.label()))
              .append(String.format(Locale.ROOT, ",%.6f", guess.probability()));
        }
      }
      return csv.toString();
    }
  },
  JSON {
    @Override
    String of(List<Prediction> predictions) throws JsonProcessingException {
      return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(predictions);
    }
  };

  abstract String of(List<Prediction> predictions) throws JsonProcessingException;

  /** As RFC 4180 has it. */
  private static String quoted(String text) {
    return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }
}
