package io.ocellus.cli.options;

import picocli.CommandLine.Mixin;

/** How a service is configured: its settings, those of Kafka as options of their own. */
public final class ServiceOptions {
  @Mixin private final SettingOptions settings = new SettingOptions();
  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  /** The configuration record that results. */
  public <T extends Record> T load(Class<T> type) {
    return settings.load(type, kafka.settings());
  }

  /** What the services have in common, for a command that is none. */
  public SharedSettings shared() {
    return settings.shared(kafka.settings());
  }
}
