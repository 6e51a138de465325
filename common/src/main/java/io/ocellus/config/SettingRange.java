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
  boolean holds(Class<?> type, Object value) {
    return (least.isEmpty() || compare(type, value, least) >= 0)
        && (most.isEmpty() || compare(type, value, most) <= 0);
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // numbers and durations, both of that type
  private static int compare(Class<?> type, Object value, String end) {
    return ((Comparable) value).compareTo(SettingTypes.parse(type, end));
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
