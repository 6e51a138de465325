package io.ocellus.inferencer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.ocellus.inferencer.classify.Classifier;
import io.ocellus.inferencer.classify.ClassifyTopology;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Kafka Streams client of the inferencer, from its start at the first version to its stop. */
final class ImageStream implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ImageStream.class);

  private final InferencerConfig config;
  private final Classifier classifier;
  private final InferencerMetrics metrics;
  private final MeterRegistry registry;
  private KafkaStreams streams;
  private KafkaStreamsMetrics meters;
  private Optional<String> failure = Optional.empty();
  private boolean closed;

  ImageStream(
      InferencerConfig config,
      Classifier classifier,
      InferencerMetrics metrics,
      MeterRegistry registry) {
    this.config = config;
    this.classifier = classifier;
    this.metrics = metrics;
    this.registry = registry;
  }

  /** Starts, unless it has before. What keeps it from starting is no fault of a version. */
  synchronized void start() {
    if (streams != null || closed) {
      return;
    }
    try {
      begin();
      failure = Optional.empty();
    } catch (RuntimeException e) {
      log.error("The stream cannot start; it is tried again at the next version", e);
      failure = Optional.of("the stream cannot start: " + e.getMessage());
    }
  }

  private void begin() {
    Topology topology =
        ClassifyTopology.of(
            config.topics().topics(),
            config.streams().slots(),
            StreamsSettings.largestEnvelope(config),
            classifier,
            metrics);
    KafkaStreams starting = new KafkaStreams(topology, properties());
    starting.setUncaughtExceptionHandler(new StreamFaults(metrics));
    starting.setStateListener(
        (now, before) -> log.info("The stream went from {} to {}", before, now));
    meters = new KafkaStreamsMetrics(starting);
    meters.bindTo(registry);
    streams = starting;
    starting.start();
  }

  /** Why images are not classified now; empty while they are. */
  synchronized Optional<String> whyNotReady() {
    if (streams == null) {
      return failure.or(() -> Optional.of("the stream has not started"));
    }
    KafkaStreams.State state = streams.state();
    return state == KafkaStreams.State.RUNNING
        ? Optional.empty()
        : Optional.of("the stream is " + state);
  }

  /** Whether the stream gave up, so that only a restart of the process helps. */
  synchronized Optional<String> whyNotLive() {
    return streams != null && streams.state() == KafkaStreams.State.ERROR
        ? Optional.of("the stream has given up; the log says why")
        : failure;
  }

  /**
   * Commits and leaves the group, so that others take over at once; the little state is quickly
   * restored.
   */
  @Override
  public void close() {
    KafkaStreams closing;
    synchronized (this) {
      closed = true;
      closing = streams;
    }
    if (closing == null) {
      return;
    }
    boolean stopped =
        closing.close(
            CloseOptions.timeout(config.streams().shutdownGrace())
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    if (!stopped) {
      log.warn(
          "The stream did not stop within {}; what was in flight is taken up at the next start",
          config.streams().shutdownGrace());
    }
    meters.close();
  }

  private Properties properties() {
    Properties properties = new Properties();
    Map<String, Object> settings = StreamsSettings.of(config);
    properties.putAll(settings);
    return properties;
  }
}
