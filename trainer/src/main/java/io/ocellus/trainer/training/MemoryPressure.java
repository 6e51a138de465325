package io.ocellus.trainer.training;

import java.util.Locale;

/** Tells a failure to allocate memory, on the device or in the process, from other failures. */
final class MemoryPressure {
  private MemoryPressure() {}

  static boolean caused(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      String message = String.valueOf(t.getMessage()).toLowerCase(Locale.ROOT);
      if (t instanceof OutOfMemoryError
          || message.contains("out of memory")
          || message.contains("can't allocate memory")
          || message.contains("cannot allocate memory")
          || message.contains("not enough memory")) {
        return true;
      }
    }
    return false;
  }
}
