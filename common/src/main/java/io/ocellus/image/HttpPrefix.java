package io.ocellus.image;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A server, and a folder on it, whose URIs are trusted. Compared part by part, never as text:
 * {@code https://a.example} must not cover {@code https://a.example.evil} or {@code
 * https://a.example@evil}, nor {@code /images} cover {@code /images-secret} or {@code
 * /images/../secret}, encoded or not.
 */
final class HttpPrefix {
  private final String scheme;
  private final String host;
  private final int port;
  private final List<String> folders;

  HttpPrefix(URI uri) {
    if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawQuery() != null) {
      throw new IllegalArgumentException("it must be scheme, host and path");
    }
    scheme = scheme(uri);
    host = host(uri);
    port = port(uri);
    folders = segments(uri).stream().filter(segment -> !segment.isEmpty()).toList();
  }

  boolean covers(URI uri) {
    return !uri.isOpaque()
        && uri.getHost() != null
        && uri.getRawUserInfo() == null
        && uri.getRawFragment() == null
        && scheme.equals(scheme(uri))
        && host.equals(host(uri))
        && port == port(uri)
        && coversPath(uri);
  }

  private boolean coversPath(URI uri) {
    try {
      List<String> segments = segments(uri);
      List<String> below = segments.subList(Math.min(1, segments.size()), segments.size());
      return below.size() >= folders.size() && below.subList(0, folders.size()).equals(folders);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The decoded parts of the path; throws where one could be understood as a way up. */
  private static List<String> segments(URI uri) {
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    return Arrays.stream(path.split("/", -1)).map(HttpPrefix::decode).toList();
  }

  private static String decode(String segment) {
    String decoded = URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    String name = decoded.replaceFirst(";.*", "");
    boolean escapes =
        name.equals(".") || name.equals("..") || decoded.matches("(?s).*[/\\\\%\\p{Cntrl}].*");
    if (escapes) {
      throw new IllegalArgumentException("its path is ambiguous");
    }
    return decoded;
  }

  private static String scheme(URI uri) {
    return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
  }

  private static String host(URI uri) {
    return uri.getHost().toLowerCase(Locale.ROOT);
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return scheme(uri).equals("https") ? 443 : 80;
  }
}
