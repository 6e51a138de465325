package io.ocellus.network;

import io.ocellus.service.Required;
import java.util.Map;
import java.util.TreeMap;

/**
 * Names a network completely: what the configuration asks for and what a manifest records.
 *
 * @param name a preset of the catalogue, such as {@code se-densenet-121}
 * @param classes how many logits the head gives
 * @param options the preset's parameters that differ, such as {@code growth-rate}; empty for the
 *     preset as published
 */
public record NetworkSpec(
    @Required String name, @Required int classes, Map<String, String> options) {
  public NetworkSpec {
    if (classes < 2) {
      throw new IllegalArgumentException("classes must be 2 or more, not " + classes);
    }
    options = options == null ? Map.of() : Map.copyOf(new TreeMap<>(options));
  }

  public NetworkSpec(String name, int classes) {
    this(name, classes, Map.of());
  }
}
