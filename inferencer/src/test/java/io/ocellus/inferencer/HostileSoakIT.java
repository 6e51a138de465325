package io.ocellus.inferencer;

import static org.awaitility.Awaitility.await;

import io.ocellus.testbed.Broker;
import io.ocellus.testbed.SyntheticImages;
import io.ocellus.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many images of which a part is hostile, two inferencers that are killed in turn: every healthy
 * image is classified exactly once and in order.
 *
 * <ul>
 *   <li>{@code ocellus.soak.images}: how many, such as 100000
 *   <li>{@code ocellus.soak.hostile}: a folder of hostile images, of which 5% are; without it none
 *   <li>{@code ocellus.soak.kills}: how many (10)
 *   <li>{@code ocellus.soak.rate}: images a second (200)
 * </ul>
 */
@EnabledIfSystemProperty(
    named = "ocellus.soak.images",
    matches = "\\d+",
    disabledReason = "it takes many minutes: wanted only where somebody says how many images")
class HostileSoakIT {
  private static final Topics TOPICS = new Topics("soak");
  private static final int DEVICES = 8;
  private static final int ONE_IN = 20;
  private static final int LARGE = 1_000_000;

  /** Of a container of 3 GiB, as the manifests for Kubernetes have it. */
  private static final List<String> HEAP = List.of("-Xms1013m", "-Xmx1013m");

  @TempDir Path folder;
  private final Random random = new Random(5);
  private final int images = Integer.getInteger("ocellus.soak.images", 0);
  private final int kills = Integer.getInteger("ocellus.soak.kills", 10);
  private final int rate = Integer.getInteger("ocellus.soak.rate", 200);
  private final List<InferencerProcess> processes = new ArrayList<>();

  @Test
  void healthyImagesAreClassifiedExactlyOnceAmongHostileOnes() throws Exception {
    List<byte[]> hostile = hostile();
    try (Broker kafka = Broker.start();
        Stream stream = new Stream(kafka.bootstrapServers(), TOPICS.prefix(), folder);
        OutcomeTally outcomes = new OutcomeTally(stream)) {
      stream.publish(TestModel.of(32, "cat", "dog"));
      processes.add(start(stream, 0));
      processes.add(start(stream, 1));
      AtomicInteger sent = new AtomicInteger();
      Thread devices = new Thread(() -> send(stream, hostile, sent), "devices");
      devices.start();
      for (int kill = 0; kill < kills; kill++) {
        int next = (int) ((kill + 1L) * images / (kills + 1));
        await().atMost(Duration.ofHours(1)).until(() -> sent.get() >= next);
        restart(stream, kill % 2);
        report(sent.get());
      }
      devices.join();
      await("all outcomes")
          .atMost(Duration.ofMinutes(20))
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> outcomes.images() >= images);
      Pause.of(Duration.ofSeconds(10));
      report(sent.get());
      outcomes.assertExactlyOnceInOrder(images);
      System.out.println(outcomes);
    } finally {
      processes.forEach(InferencerProcess::close);
      Files.copy(
          folder.resolve("log"),
          Path.of("target", "soak.log"),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private InferencerProcess start(Stream stream, int instance) {
    Map<String, String> settings = new HashMap<>(stream.settings());
    settings.put("state-dir", folder.resolve("state-" + instance).toString());
    return InferencerProcess.start(settings, Map.of(), folder.resolve("log"), HEAP);
  }

  private void restart(Stream stream, int instance) {
    processes.get(instance).close();
    processes.set(instance, start(stream, instance));
  }

  private void report(int sent) {
    System.out.printf(
        "%d sent; %s%n",
        sent,
        processes.stream()
            .map(process -> process.footprint().toString())
            .collect(Collectors.joining("; ")));
  }

  private void send(Stream stream, List<byte[]> hostile, AtomicInteger sent) {
    SyntheticImages synthetic = new SyntheticImages(32, 7);
    byte[] healthy = synthetic.png(synthetic.classes().get(0), 1);
    Map<String, Object> settings = new HashMap<>(stream.kafka());
    settings.put("max.request.size", 25_000_000);
    settings.put("linger.ms", 5);
    Semaphore underway = new Semaphore(1000);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      long began = System.nanoTime();
      List<Future<RecordMetadata>> all = new ArrayList<>();
      for (int i = 0; i < images; i++) {
        boolean bad = !hostile.isEmpty() && random.nextInt(ONE_IN) == 0;
        byte[] image = bad ? next(hostile) : healthy;
        underway.acquireUninterruptibly();
        byte[] device = ("camera-" + i % DEVICES).getBytes(StandardCharsets.UTF_8);
        all.add(
            producer.send(
                new ProducerRecord<>(TOPICS.images(), device, image),
                (metadata, error) -> underway.release()));
        sent.incrementAndGet();
        long ahead = began + i * 1_000_000_000L / rate - System.nanoTime();
        if (ahead > 1_000_000) {
          Pause.of(Duration.ofNanos(ahead));
        }
      }
      for (Future<RecordMetadata> each : all) {
        each.get();
      }
    } catch (Exception e) {
      throw new IllegalStateException("The test could not send", e);
    }
  }

  /** Each in turn; large ones twice, then no more. */
  private byte[] next(List<byte[]> hostile) {
    byte[] image = hostile.remove(0);
    if (image.length < LARGE || random.nextInt(3) > 0) {
      hostile.add(image);
    }
    return image;
  }

  private static List<byte[]> hostile() throws IOException {
    List<byte[]> hostile = new ArrayList<>();
    String name = System.getProperty("ocellus.soak.hostile");
    if (name != null) {
      try (java.util.stream.Stream<Path> files = Files.list(Path.of(name))) {
        for (Path file : files.sorted().toList()) {
          hostile.add(Files.readAllBytes(file));
        }
      }
    }
    return hostile;
  }
}
