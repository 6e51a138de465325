package io.ocellus.metrics;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the values of a label few, whatever the stream brings: the first names stand for
 * themselves, all others are {@code other}.
 */
public final class BoundedLabel {
  /** Stands for all names beyond the first, too long ones and those that are missing. */
  public static final String OTHER = "other";

  private static final int LONGEST = 100;

  private final int most;
  private final Set<String> names = new HashSet<>();

  /**
   * @param most names that stand for themselves
   */
  public BoundedLabel(int most) {
    this.most = most;
  }

  /** The label's value for that name. */
  public synchronized String of(@Nullable String name) {
    if (name == null || name.isBlank() || name.length() > LONGEST) {
      return OTHER;
    }
    if (names.size() < most) {
      names.add(name);
    }
    return names.contains(name) ? name : OTHER;
  }
}
