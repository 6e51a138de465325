package io.ocellus.cli.demo;

import java.util.List;

/** What can be tried while the demo stays. */
final class StayingHints {
  private StayingHints() {}

  static List<String> of(Stage stage) {
    String broker = stage.kafka().get("bootstrap.servers");
    return List.of(
        "",
        "Everything goes on running; Ctrl-C ends it.",
        "  Kafka       " + broker,
        "  inferencer  " + stage.inferencerUri().resolve("/metrics"),
        "  trainer     " + stage.trainerUri().resolve("/metrics"),
        "Send an image of yours, and read what comes back:",
        "  kcat -P -b %s -t %s -k my-camera -H ce_id=mine-1 -H content-type=image/jpeg picture.jpg"
            .formatted(broker, stage.topics().images()),
        "  kcat -C -b %s -t %s -o beginning -e".formatted(broker, stage.topics().classifications()),
        "  kcat -C -b %s -t %s -o beginning -e -f '%%k %%h\\n'"
            .formatted(broker, stage.topics().imagesDead()),
        "Ask for another training, and look at the versions:",
        "  curl -X POST -H \"Authorization: Bearer $(cat %s)\" %s"
            .formatted(stage.trainerToken(), stage.trainerUri().resolve("/retrain")),
        "  ocellus models list -b " + broker,
        "");
  }
}
