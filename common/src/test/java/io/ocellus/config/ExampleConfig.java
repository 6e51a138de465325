package io.ocellus.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A configuration with one setting of every type. */
record ExampleConfig(
    @Passthrough(byDefault = "bootstrap.servers=localhost:9092", help = "Kafka's own.")
        Map<String, String> kafka,
    @Setting(byDefault = "default", help = "A name.") String model,
    @Setting(byDefault = "~/state", help = "A folder.") Path stateDir,
    @Setting(byDefault = "", help = "Several texts.") List<String> prefixes,
    @Setting(byDefault = "fast", help = "A choice.") Pace pace,
    Batch batch) {
  enum Pace {
    FAST,
    VERY_SLOW
  }

  record Batch(
      @Setting(byDefault = "16", min = "1", max = "1024", help = "A whole number.") int maxSize,
      @Setting(byDefault = "20_000_000", help = "A large one.") long maxBytes,
      @Setting(byDefault = "20ms", min = "1ms", max = "2m", help = "A time.") Duration maxWait,
      @Setting(byDefault = "0.5", min = "0", max = "1", help = "A fraction.") double share,
      @Setting(byDefault = "true", help = "A switch.") boolean enabled) {}
}
