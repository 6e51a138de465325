package io.ocellus.checkpoint;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Key of a record in the checkpoint topic: {@code model/version/file/chunk} for a piece of a file,
 * {@code model/version} for the manifest. Names become names of folders and files, so they hold
 * nothing that a path could be made of.
 *
 * @param file empty for the manifest
 * @param chunk from 0; 0 for the manifest
 */
record CheckpointKey(String model, int version, String file, int chunk) {
  /** The highest number that a version can have. */
  static final int LAST_VERSION = 999_999_999;

  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,127}";
  private static final Pattern FORM =
      Pattern.compile("(%s)/([1-9][0-9]{0,8})(?:/(%s)/([0-9]{1,9}))?".formatted(NAME, NAME));

  static CheckpointKey manifest(String model, int version) {
    return new CheckpointKey(model, version, "", 0);
  }

  static CheckpointKey chunk(String model, int version, String file, int chunk) {
    return new CheckpointKey(model, version, file, chunk);
  }

  /** Every key of a version. */
  static List<CheckpointKey> all(Manifest manifest) {
    Stream<CheckpointKey> chunks =
        manifest.files().stream()
            .flatMap(
                file ->
                    IntStream.range(0, file.chunks())
                        .mapToObj(
                            chunk ->
                                chunk(manifest.model(), manifest.version(), file.name(), chunk)));
    return Stream.concat(Stream.of(manifest(manifest.model(), manifest.version())), chunks)
        .toList();
  }

  /** Whether it is one of a manifest's. */
  boolean isOf(Manifest manifest) {
    return isManifest()
        || manifest.files().stream()
            .anyMatch(listed -> listed.name().equals(file) && chunk < listed.chunks());
  }

  /** The key that those bytes spell; empty where they spell none. */
  static Optional<CheckpointKey> parse(byte[] bytes) {
    if (bytes == null) {
      return Optional.empty();
    }
    Matcher parts = FORM.matcher(new String(bytes, StandardCharsets.UTF_8));
    if (!parts.matches()) {
      return Optional.empty();
    }
    String model = parts.group(1);
    int version = Integer.parseInt(parts.group(2));
    return Optional.of(
        parts.group(3) == null
            ? manifest(model, version)
            : chunk(model, version, parts.group(3), Integer.parseInt(parts.group(4))));
  }

  /** Whether a model or a file may be called that. */
  static boolean isName(String name) {
    return name != null && name.matches(NAME);
  }

  boolean isManifest() {
    return file.isEmpty();
  }

  /**
   * Its bytes in the topic.
   *
   * @throws CheckpointException where no reader would take them for this key
   */
  byte[] bytes() {
    byte[] bytes = toString().getBytes(StandardCharsets.UTF_8);
    if (!parse(bytes).equals(Optional.of(this))) {
      throw new CheckpointException("%s cannot be published: %s".formatted(this, violation()));
    }
    return bytes;
  }

  private String violation() {
    if (version < 1 || version > LAST_VERSION) {
      return "versions are numbered from 1 to %d. %s"
          .formatted(
              LAST_VERSION,
              version > LAST_VERSION
                  ? "Delete the highest version from the topic, or publish to another model; with a signing"
                      + " key, versions that no trusted key has signed do not count"
                  : "");
    }
    return isManifest() || isName(file)
        ? "a model's name has up to 128 letters, digits, dots, underscores and hyphens, and a file up to"
            + " 999999999 chunks"
        : "rename the file: its name may have up to 128 letters, digits, dots, underscores and hyphens, and"
            + " begins with a letter or a digit";
  }

  @Override
  public String toString() {
    return isManifest()
        ? "%s/%s".formatted(model, version)
        : "%s/%s/%s/%s".formatted(model, version, file, chunk);
  }
}
