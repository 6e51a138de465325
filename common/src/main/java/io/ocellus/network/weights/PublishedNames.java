package io.ocellus.network.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Names of state dicts as they are published, brought to the names of the module itself. */
final class PublishedNames {
  /** What wrappers put before every name: data parallelism, {@code torch.compile}. */
  private static final List<String> WRAPPERS = List.of("module.", "_orig_mod.");

  /**
   * Until PyTorch 0.4, torchvision's DenseNets said {@code norm.1} where they say {@code norm1}.
   */
  private static final Pattern OLD_DENSENET =
      Pattern.compile("(.*denselayer\\d+\\.(?:norm|conv))\\.(\\d\\..*)");

  private PublishedNames() {}

  /** What stands for a wrapper, in whatever place. */
  private static final Pattern WRAPPER = Pattern.compile("(?:^|(?<=\\.))(?:module|_orig_mod)\\.");

  /** The same entries without wrappers' names anywhere in theirs, under today's names. */
  static <T> Map<String, T> plain(Map<String, T> entries) {
    Map<String, T> plain = new LinkedHashMap<>();
    entries.forEach((name, value) -> plain.put(WRAPPER.matcher(name).replaceAll(""), value));
    return today(plain.size() == entries.size() ? plain : entries);
  }

  /** The same entries, under today's names. */
  static <T> Map<String, T> today(Map<String, T> entries) {
    Map<String, T> bare = entries;
    for (String prefix = wrapper(bare); !prefix.isEmpty(); prefix = wrapper(bare)) {
      bare = without(prefix, bare);
    }
    Map<String, T> renamed = new LinkedHashMap<>();
    bare.forEach(
        (name, value) -> renamed.put(OLD_DENSENET.matcher(name).replaceFirst("$1$2"), value));
    return renamed.size() == bare.size() ? renamed : bare;
  }

  private static String wrapper(Map<String, ?> entries) {
    return WRAPPERS.stream()
        .filter(prefix -> !entries.isEmpty())
        .filter(prefix -> entries.keySet().stream().allMatch(name -> name.startsWith(prefix)))
        .findFirst()
        .orElse("");
  }

  private static <T> Map<String, T> without(String prefix, Map<String, T> entries) {
    Map<String, T> bare = new LinkedHashMap<>();
    entries.forEach((name, value) -> bare.put(name.substring(prefix.length()), value));
    return bare;
  }
}
