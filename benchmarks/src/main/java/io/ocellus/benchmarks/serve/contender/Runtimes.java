package io.ocellus.benchmarks.serve.contender;

import ai.djl.engine.Engine;

/** What computes, in words. */
final class Runtimes {
  private Runtimes() {}

  static String pytorch() {
    return of("PyTorch " + Engine.getInstance().getVersion());
  }

  static String of(String engine) {
    return java() + ", " + engine;
  }

  static String java() {
    return "Java " + Runtime.version().feature();
  }
}
