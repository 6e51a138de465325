package io.ocellus.benchmarks.serve;

import java.nio.file.Path;

/** How this process runs Java, for processes that are to run as it does. */
final class Jvm {
  private Jvm() {}

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  static String classPath() {
    return System.getProperty("java.class.path");
  }
}
