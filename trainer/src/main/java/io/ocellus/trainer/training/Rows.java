package io.ocellus.trainer.training;

/** Looks at the rows of a matrix. */
final class Rows {
  private Rows() {}

  /** The column of the highest value of that row; the first of equals. */
  static int highest(float[] matrix, int row, int columns) {
    int best = 0;
    for (int c = 1; c < columns; c++) {
      if (matrix[row * columns + c] > matrix[row * columns + best]) {
        best = c;
      }
    }
    return best;
  }
}
