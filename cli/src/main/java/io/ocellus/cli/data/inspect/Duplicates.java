package io.ocellus.cli.data.inspect;

import io.ocellus.image.PixelContent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Images that show the same.
 *
 * @param kind how alike they are
 * @param ids of two or more images
 * @param labels of their classes: more than one contradict each other
 * @param parts in which they lie: more than one means that what is measured on was learned from
 * @param groups to which they belong: more than one may be divided between the parts
 */
public record Duplicates(
    Kind kind, List<String> ids, List<String> labels, List<String> parts, List<String> groups) {

  /** How alike images are. */
  public enum Kind {
    /** The same file under another name. */
    SAME_BYTES,
    /** Other files, the same pixels. */
    SAME_PIXELS,
    /** Probably the same picture, scaled, compressed or brightened. */
    NEAR_COPY
  }

  /** Whether they lie in several parts, have several labels or belong to several groups. */
  boolean suspicious() {
    return parts.size() > 1 || labels.size() > 1 || groups.size() > 1;
  }

  /** The same first, near-copies after them. */
  static List<Duplicates> of(List<FoundImage> usable) {
    List<List<FoundImage>> alike = alike(usable);
    List<FoundImage> firsts = alike.stream().map(images -> images.get(0)).toList();
    Stream<Duplicates> same =
        alike.stream().filter(images -> images.size() > 1).map(Duplicates::same);
    Stream<Duplicates> near =
        NearCopies.of(firsts).stream().map(images -> of(Kind.NEAR_COPY, images));
    return Stream.concat(same, near)
        .sorted(Comparator.comparing(Duplicates::kind).thenComparing(d -> d.ids().get(0)))
        .toList();
  }

  /** Images in sets of the same pixels; most sets have one. */
  public static List<List<FoundImage>> alike(List<FoundImage> usable) {
    Map<String, List<FoundImage>> byContent = new LinkedHashMap<>();
    for (FoundImage image : usable) {
      String hash = image.content().map(PixelContent::hash).orElseThrow();
      byContent.computeIfAbsent(hash, h -> new ArrayList<>(1)).add(image);
    }
    return List.copyOf(byContent.values());
  }

  private static Duplicates same(List<FoundImage> images) {
    boolean files = images.stream().map(FoundImage::fileHash).distinct().count() == 1;
    return of(files ? Kind.SAME_BYTES : Kind.SAME_PIXELS, images);
  }

  private static Duplicates of(Kind kind, List<FoundImage> images) {
    return new Duplicates(
        kind,
        images.stream().map(FoundImage::id).toList(),
        images.stream().map(FoundImage::label).distinct().sorted().toList(),
        images.stream()
            .flatMap(image -> image.part().stream())
            .distinct()
            .sorted()
            .map(Words::of)
            .toList(),
        images.stream().flatMap(image -> image.group().stream()).distinct().sorted().toList());
  }
}
