package io.ocellus.image;

import io.ocellus.config.ConfigurationException;
import io.ocellus.config.NearMatch;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** The image sources that there are, by URI scheme. */
final class ImageSourceCatalog {
  private static final Map<String, BiFunction<URI, Long, ImageSource>> BY_SCHEME =
      new TreeMap<>(
          Map.of(
              "file", FileImageSource::new,
              "http", HttpImageSource::new,
              "https", HttpImageSource::new));

  private ImageSourceCatalog() {}

  /** The source for what lies under that prefix. */
  static ImageSource create(String prefix, long maxBytes) {
    try {
      URI uri = new URI(prefix);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      BiFunction<URI, Long, ImageSource> source = BY_SCHEME.get(scheme);
      if (source == null) {
        throw new ConfigurationException(
            "image.references must begin with one of %s, not '%s'.%s"
                .formatted(
                    BY_SCHEME.keySet(),
                    prefix,
                    NearMatch.hint(scheme, BY_SCHEME.keySet().stream())));
      }
      return source.apply(uri, maxBytes);
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new ConfigurationException(
          "image.references cannot use '%s': %s".formatted(prefix, e.getMessage()), e);
    }
  }
}
