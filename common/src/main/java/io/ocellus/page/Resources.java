package io.ocellus.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** Texts on the class path that pages contain. */
final class Resources {
  private static final String WEBJAR = "/META-INF/maven/org.webjars/echarts/pom.properties";
  private static final String ECHARTS =
      "/META-INF/resources/webjars/echarts/%s/echarts.common.min.js";

  private Resources() {}

  /** One that lies beside this class. */
  static String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  /** Apache ECharts: lines, bars and points. */
  static String echarts() {
    Properties webjar = new Properties();
    try (InputStream in = Resources.class.getResourceAsStream(WEBJAR)) {
      webjar.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(WEBJAR + " cannot be read", e);
    }
    return text(ECHARTS.formatted(webjar.getProperty("version")));
  }

  private static byte[] bytes(String name) {
    try (InputStream in = Resources.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }
}
