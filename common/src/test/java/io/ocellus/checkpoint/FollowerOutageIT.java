package io.ocellus.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ocellus.topic.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowerOutageIT {
  @AutoClose private static final CheckpointBroker BROKER = new CheckpointBroker();

  @TempDir private Path folder;

  @Test
  void bothEndsGoOnWhenTheBrokerComesBack() throws Exception {
    Topics topics = BROKER.fresh();
    Heard heard = new Heard();
    try (CheckpointPublisher publisher = BROKER.publisher(topics, "birds");
        CheckpointFollower follower = BROKER.follower(topics, "birds", folder, heard)) {
      follower.start();
      publisher.publish(Drafts.manifest("birds", 0), Drafts.files(folder.resolve("run"), 1));
      heard.awaitVersion(1);

      BROKER.kafka.stop();
      Thread.sleep(1000);
      BROKER.kafka.restart();

      publisher.publish(Drafts.manifest("birds", 1), Drafts.files(folder.resolve("run"), 2));
      heard.awaitVersion(2);
    }

    assertThat(heard.versions()).containsExactly(1, 2);
    assertThat(heard.refused).isEmpty();
  }

  @Test
  void aPublicationOverWhichTheBrokerRestartsArrivesWhole() throws Exception {
    Topics topics = BROKER.fresh();
    Heard heard = new Heard();
    Path files = Drafts.files(folder.resolve("run"), 1);
    byte[] large = new byte[24_000_000];
    new Random(1).nextBytes(large);
    Files.write(files.resolve("model.pt"), large);
    try (CheckpointPublisher publisher = BROKER.publisher(topics, "birds");
        CheckpointFollower follower = BROKER.follower(topics, "birds", folder, heard)) {
      follower.start();
      CompletableFuture<Manifest> published =
          CompletableFuture.supplyAsync(
              () -> publisher.publish(Drafts.manifest("birds", 0), files));
      Thread.sleep(150);
      BROKER.kafka.restart();
      assertThat(published.get(60, TimeUnit.SECONDS).version()).isEqualTo(1);
      heard.awaitVersion(1);
    }

    assertThat(heard.refused).isEmpty();
    assertThat(heard.hashes.get(1))
        .containsEntry("model.pt", Heard.hash(files.resolve("model.pt")));
  }

  @Test
  void aTopicThatComesLateOrAnewIsFollowed() throws Exception {
    Topics topics = new Topics("late");
    Heard heard = new Heard();
    try (CheckpointFollower follower = BROKER.follower(topics, "birds", folder, heard);
        Admin admin = Admin.create(Map.copyOf(BROKER.clients()))) {
      follower.start();
      Thread.sleep(300);
      BROKER.create(topics);
      publish(topics, 1);
      publish(topics, 2);
      heard.awaitVersion(2);

      admin.deleteTopics(List.of(topics.checkpoints())).all().get();
      BROKER.create(topics);
      int before = heard.arrived.size();
      publish(topics, 3);
      await().atMost(Duration.ofSeconds(40)).until(() -> heard.arrived.size() > before);
    }

    assertThat(heard.arrived.get(heard.arrived.size() - 1).manifest().version()).isEqualTo(1);
    assertThat(heard.refused).isEmpty();
  }

  @Test
  void whatAKilledProcessLeftBehindIsRemovedAndWhatOthersUseIsNot() throws Exception {
    Files.createDirectories(folder.resolve("checkpoints-999999999-x/0"));
    Files.writeString(folder.resolve("checkpoints-999999999-x/0/model.pt"), "half");
    Path other = Files.createDirectories(folder.resolve("something-else"));
    Path sibling =
        Files.createDirectories(
            folder.resolve("checkpoints-%d-y".formatted(ProcessHandle.current().pid())));

    try (CheckpointFollower follower =
        BROKER.follower(new Topics("none"), "birds", folder, new Heard())) {
      follower.start();
    }

    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactlyInAnyOrder(other, sibling);
    }
  }

  private void publish(Topics topics, int seed) {
    try (CheckpointPublisher publisher = BROKER.publisher(topics, "birds")) {
      publisher.publish(Drafts.manifest("birds", 0), Drafts.files(folder.resolve("run"), seed));
    }
  }
}
