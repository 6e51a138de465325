package io.ocellus.inferencer.classify;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.ocellus.config.ConfigurationLoader;
import io.ocellus.failure.FailureReason;
import io.ocellus.inferencer.InferencerConfig;
import io.ocellus.inferencer.serving.Serving;
import io.ocellus.testbed.SyntheticImages;
import io.ocellus.topic.EventHeaders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SlowReferencesTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void imagesInTheirRecordsDoNotWaitForAServerThatDoesNotAnswer() throws Exception {
    String origin = "http://127.0.0.1:%d/".formatted(server.getAddress().getPort());
    InferencerConfig config =
        new ConfigurationLoader<>(InferencerConfig.class)
            .load(
                Map.of(
                    "image.references", origin,
                    "image.reference-patience", "3s",
                    "threads.decode", "1",
                    "threads.forward", "1"));
    Serving serving = new Serving();
    serving.swap(Fixtures.model(images -> new float[images.size()][2], () -> {}));
    try (Classifier classifier = new Classifier(config, serving, Fixtures.metrics())) {
      SyntheticImages images = new SyntheticImages(8, 1);
      byte[] png = images.png(images.classes().get(0), 1);
      classifier.classify(inline(8, png)).get(20, TimeUnit.SECONDS);
      List<CompletableFuture<Outcome>> slow = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        slow.add(classifier.classify(reference(i, origin + "a.png")));
      }
      Outcome inline = classifier.classify(inline(9, png)).get(20, TimeUnit.SECONDS);
      assertThat(inline).isInstanceOf(Outcome.Classified.class);
      assertThat(slow).noneMatch(CompletableFuture::isDone);
      for (CompletableFuture<Outcome> outcome : slow) {
        assertThat(outcome.get(20, TimeUnit.SECONDS))
            .isInstanceOfSatisfying(
                Outcome.Dead.class,
                dead -> assertThat(dead.reason()).isEqualTo(FailureReason.REFERENCE_UNAVAILABLE));
      }
    }
  }

  private static ImageEvent reference(long offset, String uri) {
    ImageEvent event = inline(offset, null);
    EventHeaders.set(event.headers(), EventHeaders.CE_DATAREF, uri);
    return event;
  }

  private static ImageEvent inline(long offset, byte[] value) {
    ImageEvent event = Fixtures.event(offset);
    return new ImageEvent(
        event.source(), event.timestamp(), event.key(), value, new RecordHeaders());
  }
}
