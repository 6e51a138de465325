package io.ocellus.network.weights;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A state dict found in what was saved: itself, or under the key that training scripts put it
 * under.
 *
 * @param key the key, such as {@code state_dict}; empty where it was saved as it is
 * @param tensors its entries
 */
record WrappedStateDict(String key, Map<String, TensorRef> tensors) {
  /** Of dictionaries in dictionaries; an optimizer's tensors lie deeper, under numbers. */
  private static final int DEPTH = 2;

  /**
   * The moving average of the weights first: where a publisher has kept one, his figures are of it.
   */
  private static final List<String> KEYS =
      List.of(
          "state_dict_ema",
          "model_ema",
          "ema_state_dict",
          "ema",
          "state_dict",
          "model_state_dict",
          "model_state",
          "model",
          "net",
          "network",
          "weights");

  static WrappedStateDict find(Object saved) throws PickleException {
    if (!(saved instanceof Map<?, ?> map)) {
      throw new PickleException("what was saved is no dictionary");
    }
    for (String key : KEYS) {
      Map<String, TensorRef> inner =
          map.get(key) instanceof Map<?, ?> candidate ? tensors(candidate) : Map.of();
      if (!inner.isEmpty()) {
        return new WrappedStateDict(key, inner);
      }
    }
    Map<String, TensorRef> own = tensors(map);
    if (own.isEmpty()) {
      throw new PickleException("it holds no state dict, but %s".formatted(map.keySet()));
    }
    return new WrappedStateDict("", own);
  }

  /**
   * Every dictionary with tensors in what was saved, under the keys that lead to it, joined by
   * dots.
   */
  static List<WrappedStateDict> all(Object saved) throws PickleException {
    if (!(saved instanceof Map<?, ?> map)) {
      throw new PickleException("what was saved is no dictionary");
    }
    List<WrappedStateDict> found = new ArrayList<>();
    collect("", map, DEPTH, found, Collections.newSetFromMap(new IdentityHashMap<>()));
    if (found.isEmpty()) {
      throw new PickleException("it holds no state dict, but %s".formatted(map.keySet()));
    }
    return found;
  }

  private static void collect(
      String key, Map<?, ?> map, int depth, List<WrappedStateDict> found, Set<Map<?, ?>> seen) {
    if (!seen.add(map)) {
      return;
    }
    Map<String, TensorRef> own = tensors(map);
    if (!own.isEmpty()) {
      found.add(new WrappedStateDict(key, own));
    }
    map.forEach(
        (name, value) -> {
          if (depth > 0 && name instanceof String text && value instanceof Map<?, ?> inner) {
            collect(key.isEmpty() ? text : key + "." + text, inner, depth - 1, found, seen);
          }
        });
  }

  private static Map<String, TensorRef> tensors(Map<?, ?> map) {
    Map<String, TensorRef> tensors = new LinkedHashMap<>();
    map.forEach(
        (name, value) -> {
          if (name instanceof String text && value instanceof TensorRef tensor) {
            tensors.put(text, tensor);
          }
        });
    return tensors;
  }
}
