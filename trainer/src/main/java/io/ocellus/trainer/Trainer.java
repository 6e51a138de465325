package io.ocellus.trainer;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.ocellus.checkpoint.CheckpointCatalog;
import io.ocellus.checkpoint.CheckpointPublisher;
import io.ocellus.checkpoint.Trust;
import io.ocellus.config.ConfigurationException;
import io.ocellus.file.Folders;
import io.ocellus.file.StateFolder;
import io.ocellus.image.guard.ImageGuard;
import io.ocellus.metrics.JvmMeters;
import io.ocellus.service.HttpEndpoints;
import io.ocellus.service.HttpToken;
import io.ocellus.service.Service;
import io.ocellus.signature.SigningKey;
import io.ocellus.topic.BrokerReach;
import io.ocellus.topic.KafkaProperties;
import io.ocellus.topic.TopicAdmin;
import io.ocellus.topic.TopicSpec;
import io.ocellus.topic.Topics;
import io.ocellus.trainer.data.ImageReader;
import io.ocellus.trainer.data.ImageStore;
import io.ocellus.trainer.data.LabelFollower;
import io.ocellus.trainer.trigger.Reason;
import io.ocellus.trainer.trigger.RetrainTrigger;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service that retrains: it follows the labelled images, trains when a run is due and publishes
 * what passes the gate. One per model; a second one fences the first.
 */
public final class Trainer implements Service {
  private static final Logger log = LoggerFactory.getLogger(Trainer.class);

  private final TrainerConfig config;
  private final List<TrainingListener> listeners;
  private final RetrainTrigger trigger;
  private final Optional<SigningKey> key;
  private final Trust trust;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final TrainerMetrics metrics;
  private final ImageReader images;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final CompletableFuture<String> gaveUp = new CompletableFuture<>();
  private HttpEndpoints http;
  private volatile LabelFollower labels;
  private volatile Retraining retraining;

  /**
   * Checks the settings; nothing is opened before {@link #start}.
   *
   * @param listeners hear every event, before the log, the metrics and the topic
   */
  public Trainer(TrainerConfig config, TrainingListener... listeners) {
    config.image().limits().requireHeap();
    KafkaProperties.check(config.kafka());
    this.config = config;
    this.listeners = List.of(listeners);
    registry.config().commonTags("model", config.model());
    this.metrics = new TrainerMetrics(registry, config.model());
    this.key = ConfigurationException.naming("checkpoints.signing-key", config.checkpoints()::key);
    Trust others =
        ConfigurationException.naming(
            "checkpoints.public-keys", () -> Trust.in(config.checkpoints().publicKeys()));
    this.trust = key.map(others::and).orElse(others);
    Plans.check(config);
    TrainerConfig.Retrain retrain = config.retrain();
    this.trigger =
        new RetrainTrigger(
            new RetrainTrigger.Rules(
                retrain.onStart(), retrain.afterLabels(), retrain.interval(), retrain.quiet()),
            Instant.now());
    StateFolder.requireFree(config.stateDir());
    ImageGuard guard = opened(ImageGuard.in(config.stateDir().resolve("images")));
    guard.exhausted().thenAccept(gaveUp::complete);
    this.images = new ImageReader(config.image(), guard);
  }

  /**
   * Opens the store, becomes the publisher of the model and begins to follow and to train, on
   * threads of its own.
   *
   * @throws RuntimeException saying what is wrong, where Kafka, the store or the port cannot be had
   */
  @Override
  public void start() {
    try {
      open();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void open() {
    opened(StateFolder.take(config.stateDir()));
    BrokerReach.watch(config.kafka());
    opened(new JvmMeters(registry, config.model()));
    http =
        opened(
            HttpEndpoints.at(config.http().host(), config.http().port())
                .metrics(registry)
                .live(this::whyNotLive)
                .ready(this::whyNotReady)
                .post(
                    "/retrain",
                    HttpToken.of(config.http().token(), config.stateDir()),
                    this::whyNoRun,
                    this::requested)
                .start());
    Topics topics = config.topics().topics();
    TopicAdmin.ensureOnceReached(config.kafka(), TopicSpec.of(config.topics()), reached -> {});
    Folders.clear(config.stateDir().resolve("runs"));
    ImageStore store = opened(ImageStore.open(config.stateDir(), config.network().framing()));
    CheckpointPublisher publisher =
        opened(
            new CheckpointPublisher(
                config.kafka(), topics, config.model(), config.checkpoints().keep(), key, trust));
    EventsToTopic events = opened(new EventsToTopic(config.kafka(), topics.training()));
    List<TrainingListener> all = new ArrayList<>(listeners);
    all.addAll(List.of(new EventLog(), new EpochEstimate(), metrics, events));
    CheckpointCatalog catalog = new CheckpointCatalog(config.kafka(), topics, trust);
    labels =
        opened(
            new LabelFollower(
                config.kafka(),
                topics.labelledImages(),
                store,
                images,
                (applied, lag) -> {
                  if (applied.stored() > 0) {
                    trigger.labelled(Instant.now());
                  }
                  metrics.applied(applied, lag, store.newLabels());
                }));
    retraining =
        opened(
            new Retraining(
                config,
                new Run.Services(
                    store,
                    images,
                    catalog,
                    publisher,
                    new Standing(publisher),
                    new Listeners(all),
                    metrics),
                labels,
                trigger,
                gaveUp::complete));
    labels.start();
    retraining.start(catalog.newest(config.model()).isPresent());
    log.info("Trainer of model {} listens at {}", config.model(), http.uri());
  }

  private <T extends AutoCloseable> T opened(T resource) {
    opened.push(resource);
    return resource;
  }

  /** Asks for a run; while one is under way, for one more after it. */
  public void retrain(String reason) {
    trigger.request(reason);
  }

  private String requested() {
    retrain(Reason.REQUEST.tag());
    return "A run will start when the labelled topic is quiet and no other run is under way.";
  }

  private Optional<String> whyNoRun() {
    return retraining == null ? Optional.of("starting") : retraining.stopped();
  }

  /** Completes once no more runs will start. */
  @Override
  public CompletionStage<String> gaveUp() {
    return gaveUp;
  }

  /** Where metrics, health and {@code POST /retrain} are served. */
  public URI uri() {
    return http.uri();
  }

  /** Whether the labelled images are followed up to their end and runs can start. */
  public boolean ready() {
    return whyNotReady().isEmpty();
  }

  /** Of one that was fenced too: restarted, it is the trainer of the model again. */
  private Optional<String> whyNotLive() {
    return retraining == null ? Optional.empty() : retraining.stopped();
  }

  private Optional<String> whyNotReady() {
    if (retraining == null) {
      return Optional.of("starting");
    }
    if (retraining.stopped().isPresent()) {
      return retraining.stopped();
    }
    if (labels.failure().isPresent()) {
      return labels.failure();
    }
    return labels.caughtUp()
        ? Optional.empty()
        : Optional.of("the labelled images are not yet read up to their end");
  }

  /** Stops; a run under way is given up, and what it has not published is lost. */
  @Override
  public void close() {
    while (!opened.isEmpty()) {
      AutoCloseable resource = opened.pop();
      try {
        resource.close();
      } catch (Exception e) {
        log.warn("{} did not close: {}", resource.getClass().getSimpleName(), e.getMessage());
      }
    }
    registry.close();
  }
}
