package io.ocellus.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ocellus.checkpoint.CheckpointCatalog;
import io.ocellus.cli.data.DeviceImage;
import io.ocellus.cli.data.DeviceImages;
import io.ocellus.cli.data.DeviceSimulator;
import io.ocellus.cli.demo.OutcomeTally;
import io.ocellus.testbed.SyntheticImages;
import io.ocellus.topic.Topics;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Containers are stopped, killed and restarted in turn while devices send: nothing is lost. */
@Tag("docker")
class ContainerCrashIT {
  private static final String KAFKA = "localhost:9094";
  private static final Topics TOPICS = new Topics("ocellus");
  private static final double RATE = 20;
  private static final int BROKEN_EVERY = 20;

  @Test
  void eachImageHasOneOutcomeWhicheverContainersGo() throws Exception {
    Map<String, String> kafka = Map.of("bootstrap.servers", KAFKA, "delivery.timeout.ms", "300000");
    Set<String> sent = ConcurrentHashMap.newKeySet();
    SyntheticImages made = new SyntheticImages(32, 2);
    Iterator<DeviceImage> images =
        DeviceImages.withBroken(DeviceImages.synthetic(made, 0, 2), made, BROKEN_EVERY);
    try (ComposeStack stack = ComposeStack.start("trainer", "inferencer", "labels");
        OutcomeTally tally = new OutcomeTally(kafka, TOPICS);
        DeviceSimulator devices =
            new DeviceSimulator(kafka, TOPICS, 4, RATE, image -> sent.add(image.id()))) {
      await("the first version")
          .atMost(Duration.ofMinutes(10))
          .pollInterval(Duration.ofSeconds(2))
          .until(() -> new CheckpointCatalog(kafka, TOPICS).newest("default").isPresent());
      CompletableFuture<Void> load = CompletableFuture.runAsync(() -> devices.send(images));

      catchUp(tally, sent);
      for (String service : List.of("inferencer", "trainer", "kafka")) {
        stack.run("kill", "-s", "SIGKILL", service);
        stack.run("start", service);
        catchUp(tally, sent);
        stack.run("stop", service);
        stack.run("start", service);
        catchUp(tally, sent);
        stack.run("restart", service);
        catchUp(tally, sent);
        System.out.printf("%s: %d sent, %d settled%n", service, sent.size(), tally.settled());
      }
      devices.stop();
      load.join();
      await("every outcome")
          .atMost(Duration.ofMinutes(2))
          .until(() -> tally.settled() >= sent.size());

      System.out.printf(
          "%d sent = %d classified + %d dead, by versions %s%n",
          sent.size(), tally.classified().size(), tally.dead().size(), tally.versions());
      assertThat(devices.acknowledged()).isEqualTo(sent.size());
      assertThat(tally.settled()).isEqualTo(sent.size());
      assertThat(sent).containsAll(tally.classified().keySet()).containsAll(tally.dead().keySet());
      assertThat(tally.classified().values()).containsOnly(1);
      assertThat(tally.dead()).hasSize(sent.size() / BROKEN_EVERY);
      assertThat(tally.dead().values()).containsOnly(1);
    }
  }

  /** What had been sent when this was called has outcomes, while more is sent. */
  private static void catchUp(OutcomeTally tally, Set<String> sent) {
    int before = sent.size() + (int) RATE;
    await("outcomes of %d images".formatted(before))
        .atMost(Duration.ofMinutes(3))
        .until(() -> tally.settled() >= before);
  }
}
