package io.ocellus.trainer.publish;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The build that trains, as its version says. */
public final class CodeVersion {
  private CodeVersion() {}

  /** The version, such as {@code 0.1.0}. */
  public static String get() {
    Properties build = new Properties();
    try (InputStream in = CodeVersion.class.getResourceAsStream("build.properties")) {
      build.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("build.properties is missing from the trainer's jar", e);
    }
    return build.getProperty("version");
  }
}
