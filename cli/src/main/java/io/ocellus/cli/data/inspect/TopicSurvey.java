package io.ocellus.cli.data.inspect;

import io.ocellus.cli.data.Bars;
import io.ocellus.image.ImageSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;

/** Looks at all images of the labelled topic: for each id at the last that was sent. */
final class TopicSurvey {
  private final Map<String, Long> latest = new HashMap<>();
  private final Map<String, FoundImage> found = new HashMap<>();
  private long records;

  private TopicSurvey() {}

  /** In the order of their ids; with a bar on stderr. */
  static List<FoundImage> of(Map<String, String> kafka, String topic, ImageSettings settings) {
    TopicSurvey survey = new TopicSurvey();
    LabelledRecords reader = new LabelledRecords(settings);
    try (LabelledLog log = new LabelledLog(kafka, topic);
        Examiner examiner = new Examiner(settings.limits());
        ProgressBar bar = Bars.images("Inspecting", log.size())) {
      log.forEach(
          record -> {
            long number = survey.announce(reader.id(record));
            reader
                .candidate(record)
                .ifPresentOrElse(
                    candidate -> examiner.examine(candidate, image -> survey.keep(number, image)),
                    () -> survey.forget(reader.id(record)));
            bar.step();
          });
      examiner.finish();
    }
    List<FoundImage> ordered = new ArrayList<>(survey.found.values());
    ordered.sort(Comparator.comparing(FoundImage::id));
    return ordered;
  }

  private synchronized long announce(String id) {
    latest.put(id, ++records);
    return records;
  }

  private synchronized void keep(long number, FoundImage image) {
    if (latest.getOrDefault(image.id(), 0L) == number) {
      found.put(image.id(), image);
    }
  }

  private synchronized void forget(String id) {
    latest.remove(id);
    found.remove(id);
  }
}
