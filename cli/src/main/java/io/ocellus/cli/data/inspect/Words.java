package io.ocellus.cli.data.inspect;

import io.ocellus.cli.data.Split;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How parts and numbers are written. */
final class Words {
  private Words() {}

  static String of(Split part) {
    return part.name().toLowerCase(Locale.ROOT);
  }

  static String of(Duplicates.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Such as {@code 1 image} or {@code 1,200 images}. */
  static String count(long count, String one, String many) {
    return "%,d %s".formatted(count, count == 1 ? one : many);
  }

  /** Such as {@code train 3, test 1}. */
  static String parts(Map<String, Integer> parts) {
    return parts.entrySet().stream()
        .map(entry -> "%s %,d".formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", "));
  }
}
