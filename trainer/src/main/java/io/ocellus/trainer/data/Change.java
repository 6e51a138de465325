package io.ocellus.trainer.data;

import io.ocellus.failure.FailureReason;

/** What one record of the labelled topic does to the store. */
sealed interface Change {
  /** Id of the image. */
  String id();

  /**
   * An image that can be learned from.
   *
   * @param original the encoded image
   * @param pixels the same decoded and resized: channel, row, column; one byte each
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Store(String id, ImageEntry entry, byte[] original, byte[] pixels) implements Change {}

  /** An image that cannot be used, remembered so that it is counted. */
  record KeepOut(String id, ImageEntry entry, FailureReason reason, String message)
      implements Change {}

  /** An image whose reference leads nowhere now: an earlier copy stays until it does. */
  record Postpone(PendingReference pending) implements Change {
    @Override
    public String id() {
      return pending.id();
    }
  }

  /** A tombstone. */
  record Forget(String id) implements Change {}
}
