package io.ocellus.cli.data;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which parts of a data set the trainer gets. Left to itself, what it trains on and one part to
 * measure on, so that a {@code test} part beside a {@code val} part stays unseen.
 *
 * @param wanted empty for that
 */
record PartChoice(List<Split> wanted) {
  List<LabelledFile> of(ImageFolder images) {
    boolean parted = images.files().stream().allMatch(file -> file.split().isPresent());
    if (!parted) {
      if (!wanted.isEmpty()) {
        throw new DataSetException(
            "The data set has no train, val and test folders to choose from");
      }
      return images.files();
    }
    Set<Split> chosen = wanted.isEmpty() ? byDefault(images) : EnumSet.copyOf(wanted);
    List<LabelledFile> files =
        images.files().stream()
            .filter(file -> file.split().map(chosen::contains).orElse(false))
            .toList();
    if (files.isEmpty()) {
      throw new DataSetException("The data set has no images in %s".formatted(chosen));
    }
    return files;
  }

  private static Set<Split> byDefault(ImageFolder images) {
    return images.part(Split.VAL).isEmpty()
        ? EnumSet.of(Split.TRAIN, Split.TEST)
        : EnumSet.of(Split.TRAIN, Split.VAL);
  }
}
