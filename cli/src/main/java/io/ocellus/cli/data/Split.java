package io.ocellus.cli.data;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The part of a data set that a folder holds, after the names that such folders usually have. */
public enum Split {
  /** What the network learns from. */
  TRAIN("train", Set.of("train", "training")),
  /** What epochs and versions are compared on: the trainer's held-out side. */
  VAL("test", Set.of("val", "valid", "validation")),
  /** What is looked at last; the trainer's held-out side where there is no {@link #VAL}. */
  TEST("test", Set.of("test", "testing"));

  private final String header;

  @SuppressWarnings("ImmutableEnumChecker")
  private final Set<String> folders;

  Split(String header, Set<String> folders) {
    this.header = header;
    this.folders = folders;
  }

  /**
   * The {@code ocellus_split} header of its images: the trainer knows {@code train} and {@code
   * test}.
   */
  public String header() {
    return header;
  }

  /** The part that a folder of this name holds, if its name is one of a part. */
  static Optional<Split> ofFolder(String name) {
    String folder = name.toLowerCase(Locale.ROOT);
    for (Split split : values()) {
      if (split.folders.contains(folder)) {
        return Optional.of(split);
      }
    }
    return Optional.empty();
  }
}
