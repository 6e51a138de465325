package io.ocellus.checkpoint;

import io.ocellus.topic.Topics;
import java.nio.file.Path;
import java.util.Map;

/** A trainer that hangs between the last chunk and the manifest, for a test to kill. */
final class HalfPublisher {
  static final String READY = "half published";

  private HalfPublisher() {}

  public static void main(String[] arguments) throws Exception {
    Topics topics = new Topics(arguments[1]);
    Publication publication =
        new Publication(topics.checkpoints(), "birds", 1, Path.of(arguments[2]));
    publication.drop(publication.records.size() - 1);
    try (CheckpointProducer producer =
        new CheckpointProducer(
            Map.of("bootstrap.servers", arguments[0], "linger.ms", "0"),
            "ocellus-trainer-%s-birds".formatted(topics.prefix()))) {
      producer.begin();
      publication.records.forEach(producer::send);
      Thread.sleep(500);
      System.out.println(READY);
      Thread.sleep(60_000);
    }
  }
}
