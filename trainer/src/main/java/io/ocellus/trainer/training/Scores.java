package io.ocellus.trainer.training;

/**
 * What a network makes of one batch.
 *
 * @param logits row by row
 * @param classes how many logits a row has
 * @param loss mean cross-entropy
 * @param labels what was right
 */
@SuppressWarnings("ArrayRecordComponent")
record Scores(float[] logits, int classes, float loss, int[] labels) {
  int images() {
    return labels.length;
  }

  /** The class of the highest logit of that image; the first of equals. */
  int predicted(int image) {
    return Rows.highest(logits, image, classes);
  }
}
