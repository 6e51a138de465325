package io.ocellus.cli.data.inspect;

import java.util.List;

/**
 * What a data set looks like. Written as it is by {@code --json}; the terminal and the page show
 * parts of it.
 *
 * @param source the folder or topic
 * @param images that were found
 * @param usable that can be trained on; all figures but the unreadable are of these
 * @param unreadable what cannot be, and why
 * @param classes in alphabetical order
 * @param parts such as train and test; empty where the data set has none
 * @param sizes widths and heights
 * @param channels levels of red, green and blue
 * @param nearBlack images of 16 or 32 bits a sample whose upper 4 bits or more are always 0
 * @param duplicates images that show the same
 * @param groups what must not be divided, such as patients
 * @param hints what somebody should look after before training
 */
public record Inspection(
    String source,
    int images,
    int usable,
    List<Unreadable> unreadable,
    List<ClassCount> classes,
    List<String> parts,
    Sizes sizes,
    Channels channels,
    List<String> nearBlack,
    List<Duplicates> duplicates,
    Groups groups,
    List<String> hints) {

  /**
   * An image that cannot be used.
   *
   * @param id of the image
   * @param reason tag of its {@link io.ocellus.failure.FailureReason}
   * @param message what exactly
   */
  public record Unreadable(String id, String reason, String message) {}

  /** Sums up what was found. */
  public static Inspection of(String source, List<FoundImage> found) {
    List<FoundImage> usable = found.stream().filter(FoundImage::usable).toList();
    List<String> parts =
        usable.stream()
            .flatMap(image -> image.part().stream())
            .distinct()
            .sorted()
            .map(Words::of)
            .toList();
    Inspection inspection =
        new Inspection(
            source,
            found.size(),
            usable.size(),
            unreadable(found),
            ClassCount.of(usable),
            parts,
            Sizes.of(usable),
            Channels.of(usable),
            nearBlack(usable),
            Duplicates.of(usable),
            Groups.of(usable),
            List.of());
    return inspection.with(Hints.of(inspection));
  }

  private Inspection with(List<String> newHints) {
    return new Inspection(
        source,
        images,
        usable,
        unreadable,
        classes,
        parts,
        sizes,
        channels,
        nearBlack,
        duplicates,
        groups,
        newHints);
  }

  private static List<String> nearBlack(List<FoundImage> usable) {
    return usable.stream()
        .filter(
            image -> image.content().filter(content -> content.depth().isNearBlack()).isPresent())
        .map(FoundImage::id)
        .toList();
  }

  private static List<Unreadable> unreadable(List<FoundImage> found) {
    return found.stream()
        .filter(image -> !image.usable())
        .map(
            image -> {
              Flaw flaw = image.flaw().orElseThrow();
              return new Unreadable(image.id(), flaw.reason().tag(), flaw.message());
            })
        .toList();
  }
}
