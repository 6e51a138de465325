package io.ocellus.cli.data.inspect;

import io.ocellus.image.PixelContent;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Widths and heights in pixels, upright.
 *
 * @param width over all images
 * @param height over all images
 * @param all each size that occurs, the most frequent first
 */
public record Sizes(Range width, Range height, List<Size> all) {

  /**
   * Of one extent.
   *
   * @param min least
   * @param median in the middle
   * @param max greatest
   */
  public record Range(int min, int median, int max) {
    private static Range of(int[] sorted) {
      int last = sorted.length - 1;
      return last < 0
          ? new Range(0, 0, 0)
          : new Range(sorted[0], sorted[sorted.length / 2], sorted[last]);
    }
  }

  /**
   * A size.
   *
   * @param width in pixels
   * @param height in pixels
   * @param images how many have it
   */
  public record Size(int width, int height, int images) {}

  static Sizes of(List<FoundImage> usable) {
    List<PixelContent> contents =
        usable.stream().flatMap(image -> image.content().stream()).toList();
    Map<List<Integer>, Integer> counts = new HashMap<>();
    contents.forEach(c -> counts.merge(List.of(c.width(), c.height()), 1, Integer::sum));
    List<Size> all =
        counts.entrySet().stream()
            .map(e -> new Size(e.getKey().get(0), e.getKey().get(1), e.getValue()))
            .sorted(
                Comparator.comparingInt(Size::images)
                    .reversed()
                    .thenComparing(Size::width)
                    .thenComparing(Size::height))
            .toList();
    return new Sizes(
        Range.of(contents.stream().mapToInt(PixelContent::width).sorted().toArray()),
        Range.of(contents.stream().mapToInt(PixelContent::height).sorted().toArray()),
        all);
  }
}
