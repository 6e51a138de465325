package io.ocellus.service;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A whole answer.
 *
 * @param headers beside type and length of the content
 */
@SuppressWarnings("ArrayRecordComponent")
record HttpAnswer(int status, String contentType, byte[] body, Map<String, String> headers) {
  private static final String TEXT = "text/plain; charset=utf-8";

  static HttpAnswer of(String contentType, byte[] body) {
    return new HttpAnswer(200, contentType, body, Map.of());
  }

  /** Plain text, on a line of its own. */
  static HttpAnswer text(int status, String text) {
    return new HttpAnswer(status, TEXT, (text + "\n").getBytes(StandardCharsets.UTF_8), Map.of());
  }

  HttpAnswer with(String header, String value) {
    return new HttpAnswer(status, contentType, body, Map.of(header, value));
  }
}
