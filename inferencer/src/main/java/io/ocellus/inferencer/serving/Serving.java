package io.ocellus.inferencer.serving;

import io.ocellus.checkpoint.Manifest;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The place that holds the version which serves; empty until the first is warm. */
public final class Serving implements AutoCloseable {
  private final AtomicReference<ServedModel> current = new AtomicReference<>();

  /** The version that serves now; the caller releases it. */
  public ServedModel acquire() {
    while (true) {
      ServedModel model = current.get();
      if (model == null) {
        throw new IllegalStateException("No model serves");
      }
      if (model.acquire()) {
        return model;
      }
    }
  }

  /** Serves the next version from now on, and takes over the caller's use of it. */
  public void swap(ServedModel next) {
    replace(next);
  }

  /** What serves, where something does. */
  public Optional<Manifest> manifest() {
    return Optional.ofNullable(current.get()).map(ServedModel::manifest);
  }

  @Override
  public void close() {
    replace(null);
  }

  private void replace(ServedModel next) {
    ServedModel old = current.getAndSet(next);
    if (old != null) {
      old.release();
    }
  }
}
