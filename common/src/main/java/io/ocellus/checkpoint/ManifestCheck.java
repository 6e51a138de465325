package io.ocellus.checkpoint;

import io.ocellus.network.NetworkSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a manifest must keep to beyond the types of its fields; a violation names the field. */
final class ManifestCheck {
  /** Limit on the total length: error messages quote them, and "did you mean" compares them. */
  private static final int LONGEST_OPTIONS = 4000;

  private static final int SHA256_LETTERS = 64;

  private ManifestCheck() {}

  /** The first violation; empty where there is none. */
  static Optional<String> violation(Manifest manifest) {
    return Stream.of(
            classes(manifest), network(manifest.network()), temperature(manifest), files(manifest))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> classes(Manifest manifest) {
    return violated(
        manifest.classes().size() != manifest.network().classes(),
        "classes has %d labels, and network.classes is %d"
            .formatted(manifest.classes().size(), manifest.network().classes()));
  }

  private static Optional<String> network(NetworkSpec network) {
    int length =
        Stream.concat(
                Stream.of(network.name()),
                network.options().entrySet().stream()
                    .flatMap(option -> Stream.of(option.getKey(), option.getValue())))
            .mapToInt(String::length)
            .sum();
    return violated(
        length > LONGEST_OPTIONS,
        "network.name and network.options have %d characters, and may have %d"
            .formatted(length, LONGEST_OPTIONS));
  }

  private static Optional<String> temperature(Manifest manifest) {
    double temperature = manifest.temperature();
    return violated(
        !(temperature > 0) || Double.isInfinite(temperature),
        "temperature must be a finite number above zero, not %s".formatted(temperature));
  }

  private static Optional<String> files(Manifest manifest) {
    Set<String> names = new HashSet<>();
    List<FileEntry> files = manifest.files();
    for (int i = 0; i < files.size(); i++) {
      Optional<String> violation = file(files.get(i), !names.add(files.get(i).name()));
      if (violation.isPresent()) {
        return Optional.of("files[%d].%s".formatted(i, violation.get()));
      }
    }
    return violated(files.isEmpty(), "files must not be empty");
  }

  private static Optional<String> file(FileEntry file, boolean repeated) {
    if (!CheckpointKey.isName(file.name())) {
      return Optional.of("name must be a file name without a path, of 128 characters at most");
    }
    if (repeated) {
      return Optional.of("name repeats %s".formatted(file.name()));
    }
    if (file.size() < 0) {
      return Optional.of("size must be 0 or more, not %d".formatted(file.size()));
    }
    if (file.sha256().length() != SHA256_LETTERS) {
      return Optional.of("sha256 must be 64 hexadecimal digits");
    }
    return violated(file.chunks() < 1, "chunks must be 1 or more, not %d".formatted(file.chunks()));
  }

  private static Optional<String> violated(boolean violated, String violation) {
    return violated ? Optional.of(violation) : Optional.empty();
  }
}
