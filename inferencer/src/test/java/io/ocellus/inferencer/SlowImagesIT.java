package io.ocellus.inferencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.ocellus.testbed.Broker;
import io.ocellus.testbed.SyntheticImages;
import io.ocellus.topic.EventHeaders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Images that take so long that a full ring waits longer than a transaction may last. */
@Timeout(120)
class SlowImagesIT {
  private static final int IMAGES = 8;
  private static final Duration EACH = Duration.ofSeconds(4);
  private static final Duration PATIENCE = EACH.multipliedBy(IMAGES).plusSeconds(40);
  @AutoClose private static final Broker KAFKA = Broker.start();

  @TempDir Path folder;
  @AutoClose private final ThreadsOfServer threads = new ThreadsOfServer();
  private final SyntheticImages synthetic = new SyntheticImages(32, 7);

  @Test
  void transactionsDoNotTimeOut() throws Exception {
    HttpServer server = slowServer(synthetic.png(synthetic.classes().get(0), 1));
    String origin = "http://127.0.0.1:%d/".formatted(server.getAddress().getPort());
    try (Stream stream = new Stream(KAFKA.bootstrapServers(), "slow", folder)) {
      stream
          .with("image.references", origin)
          .with("threads.fetch", "1")
          .with("streams.slots", "2")
          .with("kafka.transaction.timeout.ms", "3000")
          .publish(TestModel.of(32, "cat", "dog"));
      for (int i = 0; i < IMAGES; i++) {
        stream.send(reference(stream, "camera-" + i % 5, origin + "image.png"));
      }
      stream.flush();
      try (Inferencer inferencer = stream.start()) {
        await().atMost(PATIENCE).until(() -> Results.of(stream).size() >= IMAGES);
        Scrape scrape = Scrape.of(inferencer.uri(), "/metrics");
        assertThat(scrape.sum("ocellus_inferencer_stream_threads_replaced_total")).isZero();
        scrape.assertIdentity(IMAGES, 0);
      }
      Results.of(stream).assertExactlyOnceInOrder(IMAGES);
    } finally {
      server.stop(0);
    }
  }

  private HttpServer slowServer(byte[] image) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads.executor());
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            Pause.of(EACH);
            exchange.sendResponseHeaders(200, image.length);
            exchange.getResponseBody().write(image);
          }
        });
    server.start();
    return server;
  }

  private static ProducerRecord<byte[], byte[]> reference(
      Stream stream, String device, String uri) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            stream.topics().images(), device.getBytes(StandardCharsets.UTF_8), null);
    EventHeaders.set(record.headers(), EventHeaders.CE_DATAREF, uri);
    return record;
  }

  private record ThreadsOfServer(ExecutorService executor) implements AutoCloseable {
    ThreadsOfServer() {
      this(Executors.newCachedThreadPool());
    }

    @Override
    public void close() {
      executor.shutdownNow();
    }
  }
}
