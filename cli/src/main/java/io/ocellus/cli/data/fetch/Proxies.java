package io.ocellus.cli.data.fetch;

import io.ocellus.cli.data.DataSetException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The way out of this network: the environment's {@code https_proxy}, {@code http_proxy} and {@code
 * no_proxy}, as curl takes them, then Java's own settings ({@code -Dhttps.proxyHost}).
 */
final class Proxies {
  private final Map<String, String> environment;

  Proxies(Map<String, String> environment) {
    this.environment = environment;
  }

  /** The way to that address. */
  Proxy to(URI uri) {
    Optional<String> proxy = variable(uri.getScheme() + "_proxy");
    if (proxy.isEmpty()) {
      return ProxySelector.getDefault().select(uri).get(0);
    }
    return isExempt(uri.getHost()) ? Proxy.NO_PROXY : proxy(proxy.get());
  }

  private boolean isExempt(String host) {
    return Stream.of(variable("no_proxy").orElse("").split(",", -1))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .map(entry -> entry.startsWith(".") ? entry.substring(1) : entry)
        .anyMatch(entry -> entry.equals("*") || host.equals(entry) || host.endsWith("." + entry));
  }

  private static Proxy proxy(String text) {
    try {
      URI uri = URI.create(text.contains("://") ? text : "http://" + text);
      int port = uri.getPort() < 0 ? 80 : uri.getPort();
      if (uri.getHost() != null) {
        return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(uri.getHost(), port));
      }
    } catch (IllegalArgumentException e) {
      throw new DataSetException("The environment's proxy '%s' is no address".formatted(text), e);
    }
    throw new DataSetException("The environment's proxy '%s' is no address".formatted(text));
  }

  private Optional<String> variable(String name) {
    return Stream.of(name, name.toUpperCase(Locale.ROOT))
        .map(environment::get)
        .filter(value -> value != null && !value.isBlank())
        .findFirst();
  }
}
