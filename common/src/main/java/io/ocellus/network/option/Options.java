package io.ocellus.network.option;

import io.ocellus.config.ConfigurationException;
import io.ocellus.config.NearMatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The parameters of a network by name, as text: what a preset fixes, overridden by what its user
 * asks for. Whatever is never read is an error, so a misspelt name does not pass unseen.
 */
public final class Options {
  private final String network;
  private final Map<String, String> values;
  private final Set<String> read = new TreeSet<>();

  /**
   * @param network whose options these are, for messages
   * @param preset what it fixes
   * @param overrides what its user asks for
   */
  public Options(String network, Map<String, String> preset, Map<String, String> overrides) {
    this.network = network;
    this.values = new HashMap<>(preset);
    this.values.putAll(overrides);
  }

  /** Whose options these are. */
  public String network() {
    return network;
  }

  /** A whole number. */
  public int integer(String name, int byDefault) {
    return parse(name, Integer.toString(byDefault), "a whole number", Integer::valueOf);
  }

  /** A number. */
  public double number(String name, double byDefault) {
    return parse(name, Double.toString(byDefault), "a number", Double::valueOf);
  }

  /** Whole numbers between commas. */
  public List<Integer> integers(String name, String byDefault) {
    return parse(
        name,
        byDefault,
        "whole numbers between commas",
        text -> Stream.of(text.split(",", -1)).map(String::strip).map(Integer::valueOf).toList());
  }

  /** Whether it is so: {@code true} or {@code false}. */
  public boolean flag(String name, boolean byDefault) {
    return choice(name, Boolean.toString(byDefault), Map.of("true", true, "false", false));
  }

  /** One of the names that the map gives a meaning to. */
  public <T> T choice(String name, String byDefault, Map<String, T> meanings) {
    return meaning(name, text(name, byDefault), meanings);
  }

  /** Some of the names that the map gives a meaning to, between commas. */
  public <T> List<T> choices(String name, String byDefault, Map<String, T> meanings) {
    return Stream.of(text(name, byDefault).split(",", -1))
        .map(text -> meaning(name, text.strip(), meanings))
        .toList();
  }

  private <T> T meaning(String name, String text, Map<String, T> meanings) {
    T meaning = meanings.get(text);
    if (meaning == null) {
      throw new ConfigurationException(
          "%s of %s must be one of %s, not %s.%s"
              .formatted(
                  name,
                  network,
                  String.join(", ", new TreeSet<>(meanings.keySet())),
                  text,
                  NearMatch.hint(text, meanings.keySet().stream())));
    }
    return meaning;
  }

  /** An error that names the first option that nothing has read. */
  public void refuseUnread() {
    new TreeSet<>(values.keySet())
        .stream()
            .filter(name -> !read.contains(name))
            .findFirst()
            .ifPresent(
                name -> {
                  throw new ConfigurationException(
                      "%s has no option %s.%s Its options are %s."
                          .formatted(
                              network,
                              name,
                              NearMatch.hint(name, read.stream()),
                              String.join(", ", read)));
                });
  }

  private <T> T parse(String name, String byDefault, String what, Function<String, T> parser) {
    String text = text(name, byDefault);
    try {
      return parser.apply(text);
    } catch (NumberFormatException e) {
      throw new ConfigurationException(
          "%s of %s must be %s, not %s".formatted(name, network, what, text), e);
    }
  }

  private String text(String name, String byDefault) {
    read.add(name);
    return values.getOrDefault(name, byDefault).strip();
  }
}
