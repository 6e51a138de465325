package io.ocellus.network.weights;

import io.ocellus.network.Network;
import io.ocellus.network.StateDict;
import io.ocellus.network.Tensor;
import io.ocellus.network.graph.ParameterSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * One way to take a file's entries for those of a network: the entries of one dictionary under one
 * prefix, such as {@code model.} of PyTorch Lightning or {@code module.} of {@code AveragedModel}.
 *
 * @param name the dictionary's key and the prefix, joined by a dot; empty for all of a bare file
 * @param entries under the names that the network may know
 * @param <T> what stands for a tensor
 */
record Reading<T>(String name, Map<String, T> entries) {
  /** All that have any entry of the network. */
  static <T> List<Reading<T>> of(String key, Map<String, T> dictionary, Network network) {
    Map<String, T> plain = PublishedNames.plain(dictionary);
    List<Reading<T>> readings = new ArrayList<>();
    for (String prefix : prefixes(plain.keySet(), network)) {
      Map<String, T> entries = new LinkedHashMap<>();
      plain.forEach(
          (name, value) -> {
            if (name.startsWith(prefix)) {
              entries.put(name.substring(prefix.length()), value);
            }
          });
      readings.add(new Reading<>(name(key, prefix), entries));
    }
    return readings;
  }

  private static String name(String key, String prefix) {
    String bare = prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1);
    return key.isEmpty() || bare.isEmpty() ? key + bare : key + "." + bare;
  }

  /** What stands before the network's first and last parameters, if they are there. */
  private static Set<String> prefixes(Set<String> names, Network network) {
    List<String> wanted =
        network.stateDictSpecs().entrySet().stream()
            .filter(entry -> entry.getValue().kind() == ParameterSpec.Kind.TRAINED)
            .map(Map.Entry::getKey)
            .filter(name -> !name.startsWith(network.head() + "."))
            .toList();
    Set<String> prefixes = new LinkedHashSet<>();
    for (String anchor : List.of(wanted.get(0), wanted.get(wanted.size() - 1))) {
      for (String name : names) {
        if (name.equals(anchor) || name.endsWith("." + anchor)) {
          prefixes.add(name.substring(0, name.length() - anchor.length()));
        }
      }
    }
    return prefixes;
  }

  /**
   * How it matches by names and shapes alone.
   *
   * @param shape of what stands for a tensor
   */
  WeightMatch match(Network network, Function<T, long[]> shape) {
    Map<String, Tensor> zeros = new LinkedHashMap<>();
    entries.forEach(
        (name, value) -> {
          long[] extents = shape.apply(value);
          zeros.put(name, new Tensor(extents, new float[Tensor.elements(extents)]));
        });
    return WeightMatch.of(network, new StateDict(zeros));
  }

  /** For people. */
  String said() {
    return name.isEmpty() ? "the file as a whole" : "'" + name + "'";
  }
}
