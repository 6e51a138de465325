package io.ocellus.image.hostile;

import io.ocellus.image.ImageLimits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.StringJoiner;
import java.util.random.RandomGenerator;

/**
 * Images of every format that are well formed enough to reach the decoder and made to cost it time
 * or memory: by what a format repeats, nests, announces or points at. Where {@code Mutator} damages
 * bytes, this changes parts: chunks, blocks, directories, segments.
 */
public final class HostileImages {
  private static final int MOST_OPERATORS = 3;
  private static final int TRIES = 20;

  private final List<Source<?>> sources = new ArrayList<>();
  private final ImageLimits limits;
  private final Dice dice;
  private int turn;

  /**
   * Makes them.
   *
   * @param corpus valid images, to begin with
   * @param limits how large images may become, in bytes and in pixels
   * @param names of formats
   * @param random what is chosen by chance
   */
  public HostileImages(
      Collection<byte[]> corpus,
      ImageLimits limits,
      Collection<String> names,
      RandomGenerator random) {
    this.limits = limits;
    this.dice = new Dice(random, limits);
    for (HostileFormat<?> format : formats()) {
      if (names.contains(format.name())) {
        sources.add(new Source<>(format, corpus));
      }
    }
  }

  private static List<HostileFormat<?>> formats() {
    return List.of(
        new HostilePng(),
        new HostileGif(),
        new HostileTiff(),
        new HostileJpeg(),
        new HostileBmp(),
        new HostileWebp());
  }

  /** Names of the formats. */
  public static List<String> names() {
    return formats().stream().map(HostileFormat::name).toList();
  }

  /** Each operator alone, so many times, and then as many images by one or several at random. */
  public List<HostileImage> each(int times) {
    List<HostileImage> images = new ArrayList<>();
    for (Source<?> source : sources) {
      int operators = source.format.operators().size();
      for (int i = 0; i < operators * times; i++) {
        images.add(source.image(List.of(i / times)));
      }
      for (int i = 0; i < operators * times; i++) {
        images.add(source.image());
      }
    }
    return images;
  }

  /** Another one, of each format in turn. */
  public HostileImage next() {
    return next(turn++ % sources.size());
  }

  /** Another one, of that format among those that were named. */
  public HostileImage next(int format) {
    return sources.get(format).image();
  }

  /** A format with its images. */
  private final class Source<T> {
    private final HostileFormat<T> format;
    private final List<byte[]> corpus;

    Source(HostileFormat<T> format, Collection<byte[]> images) {
      this.format = format;
      this.corpus = images.stream().filter(format::accepts).toList();
    }

    HostileImage image() {
      List<Integer> chosen = new ArrayList<>();
      int count = Math.max(1, dice.below(2 * MOST_OPERATORS) - 2);
      for (int i = 0; i < count; i++) {
        chosen.add(dice.below(format.operators().size()));
      }
      return image(chosen);
    }

    /** Tried again while it has too many bytes, which the decoder would refuse unseen. */
    HostileImage image(List<Integer> chosen) {
      HostileImage image = attempt(chosen);
      for (int i = 1; i < TRIES && image.bytes().length > limits.maxBytes(); i++) {
        image = attempt(chosen);
      }
      return image;
    }

    private HostileImage attempt(List<Integer> chosen) {
      T parts = format.parsed(dice.of(corpus));
      StringJoiner names = new StringJoiner(" + ");
      for (int index : chosen) {
        Operator<T> operator = format.operators().get(index);
        operator.change().accept(parts, dice);
        names.add(operator.name());
      }
      return new HostileImage(format.name() + ": " + names, format.written(parts));
    }
  }
}
