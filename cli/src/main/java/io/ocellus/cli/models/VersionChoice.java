package io.ocellus.cli.models;

import io.ocellus.checkpoint.CheckpointCatalog;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.topic.Topics;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;

/**
 * Which version of which model is meant.
 *
 * @param model the model's name
 * @param version a number, or {@value #NEWEST}
 */
public record VersionChoice(String model, String version) {
  static final String NEWEST = "newest";

  /** From {@code NAME} or {@code NAME@VERSION}. */
  public static VersionChoice of(String text) {
    int at = text.lastIndexOf('@');
    return at < 0
        ? new VersionChoice(text, NEWEST)
        : new VersionChoice(text.substring(0, at), text.substring(at + 1));
  }

  /** Its manifest; an error that names what there is instead. */
  public Manifest manifest(CheckpointCatalog catalog, Topics topics) {
    List<Manifest> all = catalog.all();
    List<Manifest> versions = all.stream().filter(m -> m.model().equals(model)).toList();
    if (versions.isEmpty()) {
      throw new NoSuchElementException(nothing(catalog.numbers(model), all, topics));
    }
    if (version.equals(NEWEST)) {
      return versions.get(versions.size() - 1);
    }
    return versions.stream()
        .filter(manifest -> Integer.toString(manifest.version()).equals(version))
        .findFirst()
        .orElseThrow(
            () ->
                new NoSuchElementException(
                    "Model %s has no sound version %s; it has %s."
                        .formatted(model, version, numbers(versions))));
  }

  private String nothing(List<Integer> unsound, List<Manifest> all, Topics topics) {
    return unsound.isEmpty()
        ? "%s holds no version of model %s.%s".formatted(topics.checkpoints(), model, others(all))
        : "%s holds no sound version of model %s: of %s, each is damaged, or none of checkpoints.public-keys has signed it."
            .formatted(topics.checkpoints(), model, unsound);
  }

  private static String others(List<Manifest> all) {
    String names =
        all.stream().map(Manifest::model).distinct().sorted().collect(Collectors.joining(", "));
    return names.isEmpty() ? "" : " It has %s: choose with --model.".formatted(names);
  }

  private static String numbers(List<Manifest> versions) {
    return versions.stream()
        .map(manifest -> Integer.toString(manifest.version()))
        .collect(Collectors.joining(", "));
  }
}
