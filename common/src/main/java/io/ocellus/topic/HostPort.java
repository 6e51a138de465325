package io.ocellus.topic;

import java.util.List;
import java.util.stream.Stream;

/**
 * Where a broker listens.
 *
 * @param host name or address, without brackets
 * @param port of its listener
 */
record HostPort(String host, int port) {
  /** Those of {@code bootstrap.servers}. */
  static List<HostPort> list(String servers) {
    return Stream.of(servers.split(",")).map(String::strip).map(HostPort::parse).toList();
  }

  /** From {@code host:port}, perhaps with a protocol before it and brackets around the host. */
  static HostPort parse(String server) {
    int colon = server.lastIndexOf(':');
    String host = server.substring(0, colon).replaceFirst(".*://", "").replaceAll("[\\[\\]]", "");
    return new HostPort(host, Integer.parseInt(server.substring(colon + 1)));
  }

  @Override
  public String toString() {
    return "%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, port);
  }
}
