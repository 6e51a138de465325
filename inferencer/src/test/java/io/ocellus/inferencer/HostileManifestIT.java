package io.ocellus.inferencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ocellus.checkpoint.Manifest;
import io.ocellus.image.Preprocessing;
import io.ocellus.network.NetworkSpec;
import io.ocellus.testbed.Broker;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Unsigned versions whose manifests ask for networks that no heap can hold, arriving at an
 * inferencer with a heap of 256 MiB that serves a sound one.
 */
@Timeout(180)
@Tag("container")
class HostileManifestIT {
  private static final TestModel MODEL = TestModel.of(32, "cat", "dog", "owl");
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  @AutoClose private static final Broker KAFKA = Broker.start();

  @TempDir Path folder;
  @AutoClose private Stream stream;
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private URI uri;

  @BeforeEach
  void open() throws IOException {
    int port = freePort();
    uri = URI.create("http://127.0.0.1:" + port);
    stream =
        new Stream(KAFKA.bootstrapServers(), "hostile", folder)
            .with("http.port", Integer.toString(port));
  }

  @Test
  void eachIsRefusedAtOnceAndHealthGoesOnAnswering() throws Exception {
    stream.publish(MODEL);
    AtomicBoolean done = new AtomicBoolean();
    try (InferencerProcess process =
        InferencerProcess.start(stream.settings(), folder.resolve("log"))) {
      await().atMost(PATIENCE).until(() -> status("/health/ready") == 200);
      Thread watch = new Thread(() -> watchHealth(done));
      watch.start();
      List<Manifest> hostile = hostile();
      for (int i = 0; i < hostile.size(); i++) {
        refuse(hostile.get(i), i + 1);
      }
      done.set(true);
      watch.join();

      assertThat(failures).isEmpty();
      assertThat(process.isAlive()).isTrue();
      Scrape metrics = get("/metrics");
      assertThat(metrics.sum("ocellus_inferencer_serving_version")).isEqualTo(1);
      assertThat(metrics.sum("ocellus_inferencer_models_loaded")).isEqualTo(1);
      Manifest next = stream.publish(MODEL);
      await()
          .atMost(PATIENCE)
          .until(() -> get("/metrics").sum("ocellus_inferencer_serving_version") == next.version());
    }
    assertThat(folder.resolve("log")).content().doesNotContain("OutOfMemoryError");
  }

  /** Within two seconds of being published, polling and downloading included. */
  private void refuse(Manifest manifest, int count) throws Exception {
    Path files = Files.createTempDirectory(folder, "hostile");
    MODEL.write(files);
    stream.publish(manifest, files);
    long began = System.nanoTime();
    await()
        .pollInterval(Duration.ofMillis(50))
        .atMost(PATIENCE)
        .until(() -> get("/metrics").sum("ocellus_inferencer_checkpoints_refused_total") == count);
    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .as("refusing %s", manifest.network())
        .isLessThan(Duration.ofSeconds(3));
  }

  private static List<Manifest> hostile() {
    List<Manifest> manifests = new ArrayList<>();
    manifests.add(network("resnet-20", Map.of("depth", "2000000")));
    manifests.add(network("xception", Map.of("middle-blocks", "2000000000")));
    manifests.add(network("resnet-50", Map.of("layers", "2000000,2000000,2000000,2000000")));
    manifests.add(network("resnet-50", Map.of("groups", "2000000000")));
    manifests.add(network("residual-attention-56", Map.of("modules", "1,1,2000000000")));
    manifests.add(network("mobilenet-v1", Map.of("width", "Infinity")));
    manifests.add(network("mobilenet-v2", Map.of("width", "1e300")));
    manifests.add(network("vgg-16", Map.of("convolutions", "1,1,1,1,2000000000")));
    for (String value : List.of("2000000000", "-1", "NaN")) {
      for (String option : List.of("growth-rate", "block-config", "initial-features", "bn-size")) {
        manifests.add(network("se-densenet-light", Map.of(option, value)));
      }
    }
    manifests.add(network("se-densenet-light", Map.of("front", "coarse-to-fine", "zoom", "999")));
    manifests.add(network("se-densenet-light", Map.of("block-config", "1,".repeat(1000) + "1")));
    manifests.add(network("x".repeat(100_000), Map.of()));
    manifests.add(classes(Collections.nCopies(20_000, "c")));
    manifests.add(numberOfClasses(1_000_000_000));
    manifests.add(size(4096));
    return manifests;
  }

  private static Manifest network(String name, Map<String, String> options) {
    Map<String, String> all = new HashMap<>();
    if (name.startsWith("se-densenet")) {
      all.putAll(MODEL.draft().network().options());
    }
    all.putAll(options);
    return with(
        new NetworkSpec(name, 3, all), MODEL.draft().classes(), MODEL.draft().preprocessing());
  }

  private static Manifest classes(List<String> names) {
    NetworkSpec spec = MODEL.draft().network();
    return with(
        new NetworkSpec(spec.name(), names.size(), spec.options()),
        names,
        MODEL.draft().preprocessing());
  }

  private static Manifest numberOfClasses(int number) {
    NetworkSpec spec = MODEL.draft().network();
    return with(
        new NetworkSpec(spec.name(), number, spec.options()),
        MODEL.draft().classes(),
        MODEL.draft().preprocessing());
  }

  private static Manifest size(int size) {
    Preprocessing usual = MODEL.draft().preprocessing();
    return with(
        MODEL.draft().network(),
        MODEL.draft().classes(),
        new Preprocessing(size, usual.resize(), usual.normalization()));
  }

  private static Manifest with(
      NetworkSpec network, List<String> classes, Preprocessing preprocessing) {
    Manifest draft = MODEL.draft();
    return new Manifest(
        draft.model(),
        draft.version(),
        draft.created(),
        network,
        classes,
        preprocessing,
        draft.temperature(),
        draft.metrics(),
        draft.files(),
        draft.lineage());
  }

  private void watchHealth(AtomicBoolean done) {
    while (!done.get()) {
      for (String path : List.of("/health/live", "/health/ready")) {
        try {
          int status = status(path);
          if (status != 200) {
            failures.add(path + " answered " + status);
          }
        } catch (Exception e) {
          failures.add(path + " did not answer: " + e);
        }
      }
      Pause.of(Duration.ofMillis(20));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private int status(String path) throws Exception {
    try {
      return get(path).status();
    } catch (ConnectException e) {
      return 0;
    }
  }

  private Scrape get(String path) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(uri.resolve(path)).timeout(Duration.ofSeconds(5)).build(),
            HttpResponse.BodyHandlers.ofString());
    return new Scrape(response.statusCode(), response.body());
  }
}
