package io.ocellus.metrics;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.snapshots.Labels;

/**
 * Micrometer's meters of the JVM's memory, collections, threads and processor, and Prometheus's own
 * of the process: start, open files, and the memory that it holds in all, libtorch's included.
 */
public final class JvmMeters implements AutoCloseable {
  private final JvmGcMetrics collections = new JvmGcMetrics();

  /**
   * Puts them into the registry.
   *
   * @param model that the process works for
   */
  public JvmMeters(PrometheusMeterRegistry registry, String model) {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    ProcessMetrics.builder()
        .constLabels(Labels.of("model", model))
        .register(registry.getPrometheusRegistry());
    collections.bindTo(registry);
  }

  @Override
  public void close() {
    collections.close();
  }
}
