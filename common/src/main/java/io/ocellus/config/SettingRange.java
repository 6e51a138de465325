package io.ocellus.config;

/**
 * The values that a setting may have, ends included.
 *
 * @param least as it would stand in YAML; empty for no end
 * @param most the same
 */
record SettingRange(String least, String most) {
  static final SettingRange ANY = new SettingRange("", "");

  /** Whether a value of that type lies in it. What is no number (NaN) never does. */
  <T extends Comparable<T>> boolean holds(Class<?> type, T value) {
    return (least.isEmpty() || value.compareTo(end(type, least)) >= 0)
        && (most.isEmpty() || value.compareTo(end(type, most)) <= 0);
  }

  @SuppressWarnings("unchecked") // a type's parser makes values of that type
  private static <T> T end(Class<?> type, String text) {
    return (T) SettingTypes.parse(type, text);
  }

  boolean isAny() {
    return least.isEmpty() && most.isEmpty();
  }

  /** {@code from 1 to 1024}; empty where all values are allowed. */
  @Override
  public String toString() {
    if (isAny()) {
      return "";
    }
    String from = least.isEmpty() ? "" : "from " + least;
    String to = most.isEmpty() ? "" : "to " + most;
    return (from + " " + to).strip();
  }
}
