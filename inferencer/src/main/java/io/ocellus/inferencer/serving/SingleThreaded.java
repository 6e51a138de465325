package io.ocellus.inferencer.serving;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;

/**
 * PyTorch's settings of a thread that runs forward passes: one core each. Several passes side by
 * side on one core each are faster than one pass on several cores as soon as anything else runs,
 * because OpenMP's threads spin while they wait for each other.
 */
public final class SingleThreaded {
  private SingleThreaded() {}

  /** Applies them to the calling thread; takes about a microsecond. */
  public static void here() {
    Engine.getInstance();
    JniUtils.setNumThreads(1);
    JniUtils.setGraphExecutorOptimize(false);
  }
}
