package io.ocellus.config;

import java.util.function.Supplier;

/** The configuration cannot be used; the message names the key and says what would do. */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConfigurationException(String message) {
    super(message);
  }

  public ConfigurationException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * What this returns.
   *
   * @param key of the setting that it uses
   * @throws ConfigurationException naming the key, where it throws anything
   */
  public static <T> T naming(String key, Supplier<T> use) {
    try {
      return use.get();
    } catch (RuntimeException e) {
      throw new ConfigurationException("%s: %s".formatted(key, e.getMessage()), e);
    }
  }
}
