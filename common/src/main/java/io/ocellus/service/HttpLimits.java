package io.ocellus.service;

import java.util.Map;

/**
 * Bounds on what one client of the JDK's HTTP server may take. The server reads them from system
 * properties when its first instance is made in the JVM; whoever has set them otherwise keeps that.
 */
final class HttpLimits {
  /** A body is never read; one that announces more than this is refused. */
  static final int BODY_BYTES = 8 * 1024;

  private static final Map<String, String> PROPERTIES =
      Map.of(
          "sun.net.httpserver.maxReqTime", "5",
          "sun.net.httpserver.maxRspTime", "30",
          "sun.net.httpserver.idleInterval", "30",
          "sun.net.httpserver.maxReqHeaders", "64",
          "sun.net.httpserver.maxReqHeaderSize", "16384",
          "jdk.httpserver.maxConnections", "128");

  private HttpLimits() {}

  static void apply() {
    PROPERTIES.forEach(
        (key, value) -> {
          if (System.getProperty(key) == null) {
            System.setProperty(key, value);
          }
        });
  }
}
