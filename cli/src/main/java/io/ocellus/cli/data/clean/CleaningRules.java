package io.ocellus.cli.data.clean;

import io.ocellus.cli.data.Split;
import io.ocellus.cli.data.inspect.Duplicates;
import io.ocellus.cli.data.inspect.Flaw;
import io.ocellus.cli.data.inspect.FoundImage;
import io.ocellus.failure.FailureReason;
import io.ocellus.image.PixelContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What has no place in a data set.
 *
 * @param minSide least width and height in pixels
 * @param maxAspect how many times as long as the shorter side the longer one may be
 * @param copies whether all but one of equal images go
 */
record CleaningRules(int minSide, double maxAspect, boolean copies) {

  /**
   * What goes, in the order of the ids; a file that could not be opened is nobody's fault. What
   * lies behind a link to a folder stays: it is part of another place, perhaps of this data set.
   */
  List<Removal> apply(Path root, List<FoundImage> found) {
    List<Removal> removals = new ArrayList<>();
    List<FoundImage> fit = new ArrayList<>();
    for (FoundImage image : found) {
      if (isBehindLink(root, image)) {
        continue;
      }
      Optional<Removal> removal = alone(root, image);
      removal.ifPresentOrElse(removals::add, () -> keep(image, fit));
    }
    if (copies) {
      Duplicates.alike(fit).forEach(alike -> removals.addAll(copies(root, alike)));
    }
    removals.sort(Comparator.comparing(Removal::id));
    return removals;
  }

  private static boolean isBehindLink(Path root, FoundImage image) {
    try {
      Path folder = file(root, image.id()).getParent();
      Path straight = root.toRealPath().resolve(root.relativize(folder)).normalize();
      return !folder.toRealPath().equals(straight);
    } catch (IOException e) {
      return true;
    }
  }

  private static void keep(FoundImage image, List<FoundImage> fit) {
    if (image.usable()) {
      fit.add(image);
    }
  }

  private Optional<Removal> alone(Path root, FoundImage image) {
    Optional<Flaw> flaw = image.flaw();
    if (flaw.isPresent()) {
      return flaw.filter(f -> f.reason() != FailureReason.REFERENCE_MISSING)
          .map(f -> removal(root, image, f.reason().tag(), f.message()));
    }
    PixelContent content = image.content().orElseThrow();
    int shorter = Math.min(content.width(), content.height());
    int longer = Math.max(content.width(), content.height());
    String size = "%d x %d".formatted(content.width(), content.height());
    if (shorter < minSide) {
      return Optional.of(removal(root, image, "short-side", size));
    }
    if (longer > maxAspect * shorter) {
      return Optional.of(removal(root, image, "aspect-ratio", size));
    }
    return Optional.empty();
  }

  /**
   * All but one of equal images. Files are kept before links to them, and what is measured on
   * before what is learned from. Where labels differ none goes: a person has to say which is right.
   */
  private static List<Removal> copies(Path root, List<FoundImage> alike) {
    if (alike.stream().map(FoundImage::label).distinct().count() > 1) {
      return List.of();
    }
    List<FoundImage> ordered =
        alike.stream()
            .sorted(
                Comparator.comparing(
                        (FoundImage image) -> Files.isSymbolicLink(file(root, image.id())))
                    .thenComparing(image -> image.part().equals(Optional.of(Split.TRAIN)))
                    .thenComparing(image -> image.part().equals(Optional.of(Split.VAL)))
                    .thenComparing(FoundImage::id))
            .toList();
    String kept = ordered.get(0).id();
    return ordered.stream()
        .skip(1)
        .map(image -> removal(root, image, "copy", "of " + kept))
        .toList();
  }

  private static Removal removal(Path root, FoundImage image, String reason, String detail) {
    return new Removal(image.id(), file(root, image.id()), reason, detail);
  }

  private static Path file(Path root, String id) {
    return root.resolve(id);
  }
}
