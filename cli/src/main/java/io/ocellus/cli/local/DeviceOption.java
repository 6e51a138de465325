package io.ocellus.cli.local;

import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a network runs. */
final class DeviceOption {
  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "device: auto, which takes a GPU where there is one, cpu or gpu.")
  private Optional<String> device = Optional.empty();

  Map<String, String> settings() {
    return device.map(value -> Map.of("device", value)).orElse(Map.of());
  }
}
