package io.ocellus.benchmarks;

import java.nio.file.Path;

/** How this process runs Java, for processes that are to run as it does. */
public final class Jvm {
  private Jvm() {}

  /** The command. */
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Where its classes are. */
  public static String classPath() {
    return System.getProperty("java.class.path");
  }
}
