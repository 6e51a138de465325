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
    int best = 0;
    for (int c = 1; c < classes; c++) {
      if (logits[image * classes + c] > logits[image * classes + best]) {
        best = c;
      }
    }
    return best;
  }
}
