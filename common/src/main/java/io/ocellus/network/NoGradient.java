package io.ocellus.network;

import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;

/**
 * Runs something with gradient recording off. PyTorch keeps that switch per thread and has it on in
 * each new one, where evaluation would silently keep every intermediate.
 */
public final class NoGradient {
  private NoGradient() {}

  /** Does it. */
  public static void run(Runnable action) {
    get(
        () -> {
          action.run();
          return true;
        });
  }

  /** Does it, and gives what comes of it. */
  public static <T> T get(Supplier<T> action) {
    return get(false, action);
  }

  /** Does it with gradient recording on, wherever this is called. */
  static <T> T lifted(Supplier<T> action) {
    return get(true, action);
  }

  private static <T> T get(boolean recording, Supplier<T> action) {
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(recording);
    try {
      return action.get();
    } finally {
      JniUtils.setGradMode(before);
    }
  }
}
