package io.ocellus.cli;

/** Whether somebody looks on, as {@code ./ocellus} finds out before the JVM starts. */
public final class Terminal {
  private Terminal() {}

  /** Whether what is printed can be redrawn in place. */
  public static boolean present() {
    return Boolean.getBoolean("ocellus.terminal") && !"dumb".equals(System.getenv("TERM"));
  }
}
