package io.ocellus.cli.demo;

import io.ocellus.config.ConfigurationLoader;
import io.ocellus.inferencer.Inferencer;
import io.ocellus.inferencer.InferencerConfig;
import io.ocellus.inferencer.InferencerListener;
import io.ocellus.service.HttpToken;
import io.ocellus.testbed.EmbeddedKafka;
import io.ocellus.topic.TopicAdmin;
import io.ocellus.topic.TopicSettings;
import io.ocellus.topic.TopicSpec;
import io.ocellus.topic.Topics;
import io.ocellus.trainer.Trainer;
import io.ocellus.trainer.TrainerConfig;
import io.ocellus.trainer.TrainingListener;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the demo plays on: a broker and both services in this JVM, over a folder that goes. */
final class Stage implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Stage.class);
  private static final TopicSettings TOPICS = new TopicSettings("ocellus", 4, 1);

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Path folder;
  private final EmbeddedKafka kafka;
  private final Trainer trainer;
  private final Inferencer inferencer;

  /** Starts the broker and creates the topics; the services wait for {@link #startServices}. */
  Stage(DemoSettings settings, TrainingListener training, InferencerListener serving)
      throws IOException {
    folder = Files.createTempDirectory("ocellus-demo-");
    open.push(() -> delete(folder));
    try {
      kafka = opened(EmbeddedKafka.start(settings.port(), folder.resolve("kafka")));
      try (TopicAdmin admin = new TopicAdmin(kafka())) {
        admin.ensure(TopicSpec.of(TOPICS));
      }
      trainer = opened(new Trainer(trainerConfig(settings), training));
      inferencer = opened(new Inferencer(inferencerConfig(settings), serving));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private <T extends AutoCloseable> T opened(T resource) {
    open.push(resource);
    return resource;
  }

  void startServices() {
    trainer.start();
    inferencer.start();
  }

  /** The properties of Kafka's clients. */
  Map<String, String> kafka() {
    return Map.of("bootstrap.servers", kafka.bootstrapServers());
  }

  Topics topics() {
    return TOPICS.topics();
  }

  URI trainerUri() {
    return trainer.uri();
  }

  /** The file with what the trainer wants to be shown. */
  Path trainerToken() {
    return folder.resolve("trainer").resolve(HttpToken.FILE);
  }

  URI inferencerUri() {
    return inferencer.uri();
  }

  /** Whether a version serves and the stream takes images. */
  boolean inferencerReady() {
    return inferencer.ready();
  }

  private TrainerConfig trainerConfig(DemoSettings settings) {
    Map<String, String> overrides = common("trainer");
    overrides.putAll(settings.trainer());
    return new ConfigurationLoader<>(TrainerConfig.class).load(overrides);
  }

  private InferencerConfig inferencerConfig(DemoSettings settings) {
    Map<String, String> overrides = common("inferencer");
    overrides.putAll(settings.inferencer());
    return new ConfigurationLoader<>(InferencerConfig.class).load(overrides);
  }

  private Map<String, String> common(String service) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("kafka.bootstrap.servers", kafka.bootstrapServers());
    settings.put("topics.replication-factor", "1");
    settings.put("model", "demo");
    settings.put("state-dir", folder.resolve(service).toString());
    settings.put("http.port", "0");
    return settings;
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        log.warn("The demo could not close something", e);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    }
  }
}
