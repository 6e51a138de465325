package io.ocellus.trainer.folder;

/** What the images of a part of a data set are for. */
public enum Part {
  /** To learn from. */
  TRAIN,
  /** To choose the best epoch by. */
  VAL,
  /** To measure the chosen one on, once. */
  TEST
}
