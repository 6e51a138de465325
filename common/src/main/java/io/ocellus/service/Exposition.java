package io.ocellus.service;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * A registry as Prometheus wants it: plain text; OpenMetrics, which has exemplars; or protobuf,
 * which has native histograms besides.
 */
final class Exposition {
  private final PrometheusRegistry registry;
  private final ExpositionFormats formats = ExpositionFormats.init();

  Exposition(PrometheusRegistry registry) {
    this.registry = registry;
  }

  @SuppressWarnings("ArrayRecordComponent")
  record Page(String contentType, byte[] body) {}

  /**
   * All metrics.
   *
   * @param accept header of the request; plain text where there is none
   */
  Page page(@Nullable String accept) {
    ExpositionFormatWriter writer = formats.findWriter(accept);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try {
      writer.write(body, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException("The metrics cannot be written", e);
    }
    return new Page(writer.getContentType(), body.toByteArray());
  }
}
