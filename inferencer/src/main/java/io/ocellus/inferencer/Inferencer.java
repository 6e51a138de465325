package io.ocellus.inferencer;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.ocellus.checkpoint.CheckpointFollower;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.checkpoint.Refusal;
import io.ocellus.checkpoint.Trust;
import io.ocellus.config.ConfigurationException;
import io.ocellus.file.StateFolder;
import io.ocellus.inferencer.classify.Classifier;
import io.ocellus.inferencer.rollout.Rollout;
import io.ocellus.inferencer.serving.NetworkLoader;
import io.ocellus.inferencer.serving.Serving;
import io.ocellus.inferencer.serving.WarmUp;
import io.ocellus.metrics.JvmMeters;
import io.ocellus.service.Deadline;
import io.ocellus.service.HttpEndpoints;
import io.ocellus.service.Service;
import io.ocellus.topic.BrokerReach;
import io.ocellus.topic.KafkaProperties;
import io.ocellus.topic.TopicAdmin;
import io.ocellus.topic.TopicSpec;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Classifies a stream of images with the newest checkpoint. The stream starts when the first
 * version is warm; until then images wait in their topic and {@code /health/ready} says why.
 */
public final class Inferencer implements Service {
  private static final Logger log = LoggerFactory.getLogger(Inferencer.class);

  private static final long LANDING_SECONDS = 2;

  private final InferencerConfig config;
  private final List<InferencerListener> listeners;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmMeters jvm;
  private final Serving serving = new Serving();
  private final Classifier classifier;
  private final ImageStream stream;
  private final CheckpointFollower follower;
  private HttpEndpoints http;
  private StateFolder state;

  /** Ready to start; nothing is contacted yet. */
  public Inferencer(InferencerConfig config, InferencerListener... listeners) {
    config.image().limits().requireHeap();
    KafkaProperties.check(config.kafka(), StreamsConfig.configDef());
    Trust trust =
        ConfigurationException.naming("checkpoints.public-keys", config.checkpoints()::trust);
    StateFolder.requireFree(config.stateDir());
    this.config = config;
    this.listeners = List.of(listeners);
    registry.config().commonTags("model", config.model());
    KafkaMeters.filter(registry);
    this.jvm = new JvmMeters(registry, config.model());
    InferencerMetrics metrics = new InferencerMetrics(registry, config.model());
    this.classifier = new Classifier(config, serving, metrics);
    this.stream = new ImageStream(config, classifier, metrics, registry);
    classifier.exhausted().thenAcceptAsync(stream::giveUp, afterLanding());
    Path spool = config.stateDir().resolve("spool");
    this.follower =
        new CheckpointFollower(
            config.kafka(),
            config.topics().topics(),
            config.model(),
            spool,
            trust,
            new Rollout(
                new NetworkLoader(
                        config.engine(), config.precision(), config.device()::device, spool)
                    ::load,
                new WarmUp(config.batch().maxSize()),
                serving,
                metrics,
                new Announcer()));
  }

  /**
   * Creates what topics are missing, opens the port and begins to follow checkpoints.
   *
   * @throws io.ocellus.topic.TopicException where Kafka refuses; for one that cannot be reached it
   *     waits
   * @throws ConfigurationException where inferencers of another model or other topics are in the
   *     consumer group
   */
  @Override
  public void start() {
    try {
      state = StateFolder.take(config.stateDir());
      BrokerReach.watch(config.kafka());
      http =
          HttpEndpoints.at(config.http().host(), config.http().port())
              .metrics(registry)
              .live(stream::whyNotLive)
              .ready(this::whyNotReady)
              .start();
      TopicAdmin.ensureOnceReached(
          config.kafka(),
          TopicSpec.of(config.topics()),
          new ConsumerGroup(config)::requireNoStranger);
      follower.start();
      log.info(
          "Inferencer of model {} listens on {} and waits for its first checkpoint",
          config.model(),
          http.uri());
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Completes once the stream has given up. */
  @Override
  public CompletionStage<String> gaveUp() {
    return stream.gaveUp();
  }

  /** Whether a warm version serves and the stream runs. */
  public boolean ready() {
    return whyNotReady().isEmpty();
  }

  /** Where metrics and health are served; after the start. */
  public URI uri() {
    return http.uri();
  }

  /**
   * Stops within {@code streams.shutdown-grace}. What is in flight stays in the state store, and is
   * taken up at the next start or by another instance.
   */
  @Override
  public void close() {
    Deadline deadline = Deadline.in(config.streams().shutdownGrace());
    stream.close(deadline);
    classifier.close(deadline);
    follower.close(deadline);
    serving.close();
    jvm.close();
    if (http != null) {
      http.close();
    }
    if (state != null) {
      state.close();
    }
    registry.close();
  }

  /** When the last image that kept a thread is a dead letter. */
  private static Executor afterLanding() {
    return CompletableFuture.delayedExecutor(LANDING_SECONDS, TimeUnit.SECONDS);
  }

  private Optional<String> whyNotReady() {
    return serving.manifest().isPresent()
        ? stream.whyNotReady()
        : Optional.of(
            "no version of model %s serves yet".formatted(config.model())
                + follower.hint().map(hint -> ": " + hint).orElse(""));
  }

  /** Starts the stream at the first version, and tells the listeners of each. */
  private final class Announcer implements InferencerListener {
    @Override
    public void serving(Manifest manifest, Duration sincePublication) {
      stream.start();
      listeners.forEach(listener -> listener.serving(manifest, sincePublication));
    }

    @Override
    public void refused(Refusal refusal) {
      listeners.forEach(listener -> listener.refused(refusal));
    }
  }
}
