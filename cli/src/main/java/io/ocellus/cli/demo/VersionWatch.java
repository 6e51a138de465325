package io.ocellus.cli.demo;

import io.ocellus.checkpoint.Manifest;
import io.ocellus.checkpoint.Refusal;
import io.ocellus.inferencer.InferencerListener;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Follows which versions serve. */
final class VersionWatch implements InferencerListener {
  private final Consumer<String> say;
  private final List<ServingVersion> served = new CopyOnWriteArrayList<>();
  private volatile Optional<Refusal> refusal = Optional.empty();

  VersionWatch(Consumer<String> say) {
    this.say = say;
  }

  @Override
  public void serving(Manifest manifest, Duration sincePublication) {
    double accuracy = manifest.metrics().getOrDefault("test-accuracy", 0.0);
    served.add(new ServingVersion(manifest.version(), accuracy, sincePublication));
    say.accept(
        String.format(
            Locale.ROOT,
            "Version %d serves, %.1f s after its publication; %.1f%% right on the trainer's held-out"
                + " images",
            manifest.version(),
            sincePublication.toMillis() / 1000.0,
            100 * accuracy));
  }

  @Override
  public void refused(Refusal refused) {
    refusal = Optional.of(refused);
    say.accept(
        "The inferencer refused version %d: %s".formatted(refused.version(), refused.message()));
  }

  List<ServingVersion> served() {
    return List.copyOf(served);
  }

  boolean serves(int version) {
    return served.stream().anyMatch(v -> v.version() >= version);
  }

  /** The latest checkpoint that could not serve. */
  Optional<Refusal> refusal() {
    return refusal;
  }
}
