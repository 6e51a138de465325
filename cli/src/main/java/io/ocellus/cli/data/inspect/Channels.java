package io.ocellus.cli.data.inspect;

import io.ocellus.image.PixelContent;
import io.ocellus.image.PixelContent.Levels;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Levels of red, green and blue in [0,1] over the whole data set. Every image counts the same,
 * however large it is, as in training, where all are resized to one size.
 *
 * @param mean of each channel
 * @param std standard deviation of each channel around that mean
 */
public record Channels(List<Double> mean, List<Double> std) {

  static Channels of(List<FoundImage> usable) {
    List<PixelContent> contents =
        usable.stream().flatMap(image -> image.content().stream()).toList();
    List<Levels> channels =
        Stream.<Function<PixelContent, Levels>>of(
                PixelContent::red, PixelContent::green, PixelContent::blue)
            .map(
                channel ->
                    new Levels(
                        mean(contents, c -> channel.apply(c).mean()),
                        mean(contents, c -> channel.apply(c).meanSquare())))
            .toList();
    return new Channels(
        channels.stream().map(Levels::mean).toList(),
        channels.stream().map(Channels::deviation).toList());
  }

  private static double mean(List<PixelContent> contents, Function<PixelContent, Double> value) {
    return contents.stream().mapToDouble(value::apply).average().orElse(0);
  }

  private static double deviation(Levels levels) {
    return Math.sqrt(Math.max(0, levels.meanSquare() - levels.mean() * levels.mean()));
  }
}
