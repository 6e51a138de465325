package io.ocellus.inferencer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.ocellus.inferencer.classify.Classifier;
import io.ocellus.inferencer.classify.ClassifyTopology;
import io.ocellus.service.Backoff;
import io.ocellus.service.Deadline;
import io.ocellus.topic.TopicAdmin;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.Metric;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Kafka Streams client of the inferencer, from its start at the first version to its stop. */
final class ImageStream {
  private static final Logger log = LoggerFactory.getLogger(ImageStream.class);
  private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

  private final InferencerConfig config;
  private final Classifier classifier;
  private final MeterRegistry registry;
  private final CompletableFuture<String> gaveUp = new CompletableFuture<>();
  private final StreamFaults faults;
  private volatile KafkaStreams streams;
  private volatile Optional<StreamWatch> watch = Optional.empty();
  private KafkaStreamsMetrics meters;
  private final InferencerMetrics metrics;
  private volatile Optional<String> failure = Optional.empty();
  private final ReentrantLock starting = new ReentrantLock();
  private int failures;
  private volatile boolean closed;

  ImageStream(
      InferencerConfig config,
      Classifier classifier,
      InferencerMetrics metrics,
      MeterRegistry registry) {
    this.config = config;
    this.classifier = classifier;
    this.metrics = metrics;
    this.registry = registry;
    this.faults =
        new StreamFaults(metrics, gaveUp::complete, () -> watch.ifPresent(StreamWatch::look));
    metrics.lag(this::lag);
  }

  /**
   * Starts, unless it has before. What keeps it from starting is no fault of a version; it is tried
   * again until it succeeds.
   */
  void start() {
    starting.lock();
    try {
      if (streams == null && failures == 0) {
        attempt();
      }
    } finally {
      starting.unlock();
    }
  }

  private void again() {
    starting.lock();
    try {
      attempt();
    } finally {
      starting.unlock();
    }
  }

  private void attempt() {
    if (closed) {
      return;
    }
    try {
      begin();
      failures = 0;
      failure = Optional.empty();
    } catch (RuntimeException e) {
      failures++;
      Duration pause = PAUSES.after(failures);
      log.error("The stream cannot start; it is tried again in {} s", pause.toSeconds(), e);
      failure =
          Optional.of(
              "the stream cannot start (%d times so far, tried again every %d s): %s"
                  .formatted(failures, pause.toSeconds(), StreamFaults.root(e)));
      Executor later = CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS);
      later.execute(this::again);
    }
  }

  private void begin() {
    TopicAdmin admin = new TopicAdmin(TopicAdmin.impatient(config.kafka()));
    try {
      ConsumerGroup group = new ConsumerGroup(config);
      String name = group.name(admin);
      group.requireNoStranger(admin);
      new Changelog(config.topics().topics(), name).follow(admin);
      begin(StreamsSettings.of(config, name, group.clientId()));
      StreamWatch watching = new StreamWatch(config, admin, group, name);
      watching.start();
      watch = Optional.of(watching);
      if (closed) {
        end(Deadline.in(Duration.ZERO));
      }
    } catch (RuntimeException e) {
      admin.close();
      throw e;
    }
  }

  private void begin(Map<String, Object> settings) {
    Properties properties = new Properties();
    properties.putAll(settings);
    Topology topology =
        ClassifyTopology.of(
            config.topics().topics(),
            config.streams().slots(),
            StreamsSettings.largestEnvelope(config),
            StreamsSettings.exactlyOnce(config),
            StreamsSettings.longestWait(config),
            classifier,
            metrics);
    KafkaStreams starting = new KafkaStreams(topology, properties, new SteadyTime());
    starting.setUncaughtExceptionHandler(faults);
    starting.setStateListener(this::changed);
    KafkaStreamsMetrics bound = new KafkaStreamsMetrics(starting);
    try {
      bound.bindTo(registry);
      if (!StreamsSettings.exactlyOnce(config)) {
        discardLocalState(starting);
      }
      starting.start();
    } catch (RuntimeException e) {
      bound.close();
      starting.close(Duration.ZERO);
      throw e;
    }
    meters = bound;
    streams = starting;
  }

  /**
   * So that the ring is restored from its changelog. At least once, Kafka Streams takes up a local
   * store as a process left it that was killed, with what was not committed, whichever guarantee it
   * ran under; exactly once, it discards such a store itself.
   */
  private static void discardLocalState(KafkaStreams starting) {
    starting.cleanUp();
  }

  private void changed(KafkaStreams.State now, KafkaStreams.State before) {
    log.info("The stream went from {} to {}", before, now);
    if (now == KafkaStreams.State.ERROR) {
      gaveUp.complete("the stream has given up; the log says why");
    }
  }

  /** Only another process helps. */
  void giveUp(String reason) {
    gaveUp.complete(reason);
  }

  /** Completes with the reason once the stream has given up, so that only a restart helps. */
  CompletionStage<String> gaveUp() {
    return gaveUp.minimalCompletionStage();
  }

  private double lag() {
    KafkaStreams running = streams;
    return running == null
        ? 0
        : running.metrics().values().stream()
            .filter(this::saysLagOfImages)
            .mapToDouble(metric -> ((Number) metric.metricValue()).doubleValue())
            .filter(records -> records > 0)
            .sum();
  }

  /** Consumers count it a second time for the name with underscores for dots (KIP-1109). */
  private boolean saysLagOfImages(Metric metric) {
    return metric.metricName().name().equals("records-lag")
        && config.topics().topics().images().equals(metric.metricName().tags().get("topic"));
  }

  /**
   * Why images are not classified now; empty while they are. Does not wait for a start that is
   * under way: Kubernetes asks this.
   */
  Optional<String> whyNotReady() {
    KafkaStreams running = streams;
    if (running == null) {
      return failure.or(() -> Optional.of("the stream has not started"));
    }
    KafkaStreams.State state = running.state();
    Optional<String> problem =
        watch
            .flatMap(StreamWatch::problem)
            .or(() -> faults.latest().map("a stream thread died within the last minute: "::concat));
    return state == KafkaStreams.State.RUNNING
        ? problem
        : Optional.of("the stream is " + state + problem.map(": "::concat).orElse(""));
  }

  /** Whether the stream gave up, so that only a restart of the process helps. */
  Optional<String> whyNotLive() {
    return Optional.ofNullable(gaveUp.getNow(null));
  }

  /** Waits for a start that is under way, but no longer than this. */
  private boolean isSettled(Deadline deadline) {
    try {
      boolean settled = starting.tryLock(deadline.left().toMillis(), TimeUnit.MILLISECONDS);
      if (settled) {
        starting.unlock();
      }
      return settled;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Commits and leaves the group, so that others take over at once; the little state is quickly
   * restored.
   */
  void close(Deadline deadline) {
    closed = true;
    if (!isSettled(deadline)) {
      log.warn("The stream is closed in the middle of its start");
    }
    end(deadline);
  }

  private void end(Deadline deadline) {
    KafkaStreams closing = streams;
    if (closing == null) {
      return;
    }
    watch.ifPresent(StreamWatch::close);
    boolean stopped =
        closing.close(
            CloseOptions.timeout(deadline.left())
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    if (!stopped) {
      log.warn(
          "The stream did not stop within {}; what was in flight is taken up at the next start",
          config.streams().shutdownGrace());
    }
    meters.close();
  }
}
