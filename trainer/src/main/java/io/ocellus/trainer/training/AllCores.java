package io.ocellus.trainer.training;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import io.ocellus.service.HiddenCaches;

/**
 * PyTorch's number of threads for a thread that trains: one per core, or what {@code
 * OMP_NUM_THREADS} says. It must be said, because a thread that never said so takes the number that
 * was said last anywhere in the process, and an inferencer in the same JVM says one.
 */
public final class AllCores {
  private AllCores() {}

  /** Applies it to the calling thread. */
  public static void here() {
    Engine.getInstance();
    HiddenCaches.heed();
    if (System.getenv("OMP_NUM_THREADS") == null) {
      JniUtils.setNumThreads(Runtime.getRuntime().availableProcessors());
    }
  }
}
