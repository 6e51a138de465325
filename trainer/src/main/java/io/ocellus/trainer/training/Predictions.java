package io.ocellus.trainer.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a network says of each held-out image.
 *
 * @param ids of the images
 * @param labels index of each image's class
 * @param logits row by row, one column per class
 * @param classes how many columns there are
 */
@SuppressWarnings("ArrayRecordComponent")
public record Predictions(List<String> ids, int[] labels, float[] logits, int classes) {
  public Predictions {
    ids = List.copyOf(ids);
    if (labels.length != ids.size() || logits.length != ids.size() * classes) {
      throw new IllegalArgumentException(
          "%d ids, %d labels and %d logits of %d classes do not go together"
              .formatted(ids.size(), labels.length, logits.length, classes));
    }
  }

  /** How many there are. */
  public int images() {
    return labels.length;
  }

  /** The logits of one image. */
  public float[] row(int image) {
    return Arrays.copyOfRange(logits, image * classes, (image + 1) * classes);
  }

  /** The class of the highest logit of that image; the first of equals. */
  public int predicted(int image) {
    return Rows.highest(logits, image, classes);
  }

  /** Gathers them batch by batch. */
  static final class Gatherer {
    private final int classes;
    private final List<String> ids = new ArrayList<>();
    private final List<Scores> scores = new ArrayList<>();

    Gatherer(int classes) {
      this.classes = classes;
    }

    void add(List<String> batch, Scores scored) {
      ids.addAll(batch);
      scores.add(scored);
    }

    Predictions predictions() {
      int[] labels = new int[ids.size()];
      float[] logits = new float[ids.size() * classes];
      int image = 0;
      for (Scores batch : scores) {
        System.arraycopy(batch.labels(), 0, labels, image, batch.images());
        System.arraycopy(batch.logits(), 0, logits, image * classes, batch.logits().length);
        image += batch.images();
      }
      return new Predictions(ids, labels, logits, classes);
    }
  }
}
