package io.ocellus.cli.observe;

import static org.awaitility.Awaitility.await;

import io.ocellus.cli.data.LabelledImageSender;
import io.ocellus.config.ConfigurationLoader;
import io.ocellus.inferencer.Inferencer;
import io.ocellus.inferencer.InferencerConfig;
import io.ocellus.testbed.EmbeddedKafka;
import io.ocellus.testbed.SyntheticImages;
import io.ocellus.topic.EventHeaders;
import io.ocellus.topic.Topics;
import io.ocellus.trainer.Trainer;
import io.ocellus.trainer.TrainerConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Both services on a broker, a small model that they train and serve, and devices that send. */
final class RunningServices implements AutoCloseable {
  static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String TRACEPARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";
  private static final int SIZE = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final EmbeddedKafka kafka = EmbeddedKafka.start();
  private final Topics topics = new Topics("ocellus");
  private final SyntheticImages images = new SyntheticImages(SIZE, 7);
  private final Path referenced;
  private final Trainer trainer;
  private final Inferencer inferencer;
  private final KafkaProducer<String, byte[]> producer;
  private int sent;

  RunningServices(Path folder) throws IOException {
    referenced = Files.write(folder.resolve("referenced.png"), image());
    producer = new KafkaProducer<>(properties(), new StringSerializer(), new ByteArraySerializer());
    trainer = new Trainer(trainerConfig(folder.resolve("trainer")));
    inferencer = new Inferencer(inferencerConfig(folder));
    trainer.start();
    inferencer.start();
  }

  private Map<String, Object> properties() {
    return Map.of("bootstrap.servers", kafka.bootstrapServers());
  }

  private Map<String, String> common(Path stateDir) {
    Map<String, String> settings = new HashMap<>();
    settings.put("kafka.bootstrap.servers", kafka.bootstrapServers());
    settings.put("topics.partitions", "2");
    settings.put("topics.replication-factor", "1");
    settings.put("state-dir", stateDir.toString());
    settings.put("http.port", "0");
    settings.put("device", "cpu");
    return settings;
  }

  private TrainerConfig trainerConfig(Path stateDir) {
    Map<String, String> settings = common(stateDir);
    settings.put("network.options.growth-rate", "4");
    settings.put("network.options.block-config", "1,1");
    settings.put("network.name", "se-densenet-light");
    settings.put("network.size", Integer.toString(SIZE));
    settings.put("training.epochs", "2");
    settings.put("gate.margin", "1");
    settings.put("gate.class-margin", "1");
    settings.put("retrain.quiet", "300ms");
    return new ConfigurationLoader<>(TrainerConfig.class).load(settings);
  }

  private InferencerConfig inferencerConfig(Path folder) {
    Map<String, String> settings = common(folder.resolve("inferencer"));
    settings.put("image.references", folder.toUri().toString());
    return new ConfigurationLoader<>(InferencerConfig.class).load(settings);
  }

  URI trainerUri() {
    return trainer.uri();
  }

  URI inferencerUri() {
    return inferencer.uri();
  }

  /**
   * Labels images, which makes the trainer publish its first version, and waits until it serves.
   */
  void publishFirst() {
    try (LabelledImageSender sender =
        new LabelledImageSender(
            Map.of("bootstrap.servers", kafka.bootstrapServers()), topics, "/test")) {
      for (int i = 0; i < 10; i++) {
        for (String label : images.classes()) {
          sender.send(label + i, label, Optional.empty(), Optional.empty(), images.png(label, i));
        }
      }
      sender.flush();
    }
    await().atMost(PATIENCE).until(inferencer::ready);
  }

  /** Has the trainer train again. */
  void publishNext() {
    trainer.retrain("request");
  }

  /** Sends an image, every fifth of them broken and every fourth by reference. */
  @SuppressWarnings("FutureReturnValueIgnored") // what is lost is missed in the counts
  void send() {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(topics.images(), "camera-" + sent % 3, image());
    if (sent % 5 == 4) {
      record =
          new ProducerRecord<>(
              topics.images(), "camera-9", "no image".getBytes(StandardCharsets.UTF_8));
    } else if (sent % 4 == 3) {
      record = new ProducerRecord<>(topics.images(), "camera-9", null);
      EventHeaders.set(record.headers(), EventHeaders.CE_DATAREF, referenced.toUri().toString());
    }
    EventHeaders.set(record.headers(), EventHeaders.TRACEPARENT, TRACEPARENT);
    producer.send(record);
    sent++;
  }

  /** Images that were sent so far. */
  int sent() {
    return sent;
  }

  private byte[] image() {
    return images.png(images.classes().get(sent % images.classes().size()), sent);
  }

  @Override
  public void close() {
    producer.close();
    inferencer.close();
    trainer.close();
    kafka.close();
  }
}
