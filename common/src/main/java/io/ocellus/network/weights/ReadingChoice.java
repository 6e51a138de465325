package io.ocellus.network.weights;

import io.ocellus.network.Network;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Chooses between readings: the one that fits the network. Where several do, such as the weights
 * and their moving average side by side, somebody has to say which.
 */
final class ReadingChoice {
  private static final int MOST_SAID = 6;

  private ReadingChoice() {}

  private record Tried<T>(Reading<T> reading, int matched, boolean fits) {
    static <T> Tried<T> of(Reading<T> reading, WeightMatch match) {
      return new Tried<>(reading, match.matched().size(), match.fits());
    }

    String said(int all) {
      return "%s matches %d of %d keys".formatted(reading.said(), matched, all);
    }
  }

  /**
   * Chooses; where none fits, the one that matches most, so that the error can tell what it lacks.
   *
   * @param name of the wanted one; empty where nobody has said
   * @throws UnfitWeightsException where several fit, or none is called that
   */
  static <T> Reading<T> of(
      List<Reading<T>> readings, Network network, String name, Function<T, long[]> shape) {
    if (readings.isEmpty()) {
      throw new UnfitWeightsException(
          "No key of the file ends in one of %s's".formatted(network.spec().name()));
    }
    List<Tried<T>> tried =
        readings.stream()
            .map(reading -> Tried.of(reading, reading.match(network, shape)))
            .sorted(Comparator.comparing((Tried<T> t) -> t.matched()).reversed())
            .toList();
    List<Tried<T>> wanted =
        tried.stream().filter(t -> name.isEmpty() || t.reading().name().equals(name)).toList();
    int all = network.stateDictSpecs().size();
    if (wanted.isEmpty()) {
      throw new UnfitWeightsException(
          "It has no weights called '%s'. Tried: %s".formatted(name, said(tried, all)));
    }
    List<Tried<T>> fitting = wanted.stream().filter(t -> t.fits()).toList();
    if (fitting.size() > 1) {
      throw new UnfitWeightsException(
          "It has several weights that fit; choose one by its key: %s"
              .formatted(said(fitting, all)));
    }
    return (fitting.isEmpty() ? wanted : fitting).get(0).reading();
  }

  private static <T> String said(List<Tried<T>> tried, int all) {
    return tried.stream().limit(MOST_SAID).map(t -> t.said(all)).collect(Collectors.joining("; "));
  }
}
