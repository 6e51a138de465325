package io.ocellus.cli.data;

import io.ocellus.topic.TopicAdmin;
import io.ocellus.topic.TopicSettings;
import io.ocellus.topic.TopicSpec;
import java.util.List;
import java.util.Map;

/** Makes sure that a topic is there before images are sent to it. */
final class EnsuredTopic {
  private EnsuredTopic() {}

  static void of(Map<String, String> kafka, TopicSettings settings, String name) {
    List<TopicSpec> specs =
        TopicSpec.of(settings).stream().filter(spec -> spec.name().equals(name)).toList();
    try (TopicAdmin admin = new TopicAdmin(TopicAdmin.impatient(kafka))) {
      admin.ensure(specs);
    }
  }
}
