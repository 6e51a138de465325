package io.ocellus.checkpoint;

import static org.awaitility.Awaitility.await;

import io.ocellus.file.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A listener that remembers what it heard, and can be made to throw. */
final class Heard implements CheckpointFollower.Listener {
  final List<Checkpoint> arrived = new CopyOnWriteArrayList<>();
  final List<Refusal> refused = new CopyOnWriteArrayList<>();

  /** SHA-256 of every file of a version, as it lay in its folder. */
  final Map<Integer, Map<String, String>> hashes = new ConcurrentHashMap<>();

  private final Consumer<Checkpoint> reaction;

  Heard() {
    this(checkpoint -> {});
  }

  Heard(Consumer<Checkpoint> reaction) {
    this.reaction = reaction;
  }

  @Override
  public void arrived(Checkpoint checkpoint) {
    reaction.accept(checkpoint);
    Map<String, String> files = new ConcurrentHashMap<>();
    for (FileEntry file : checkpoint.manifest().files()) {
      files.put(file.name(), hash(checkpoint.file(file.name())));
    }
    hashes.put(checkpoint.manifest().version(), files);
    arrived.add(checkpoint);
  }

  @Override
  public void refused(Refusal refusal) {
    refused.add(refusal);
  }

  List<Integer> versions() {
    return arrived.stream().map(checkpoint -> checkpoint.manifest().version()).toList();
  }

  void awaitVersion(int version) {
    await().atMost(Duration.ofSeconds(30)).until(() -> versions().contains(version));
  }

  void awaitRefusals(int count) {
    await().atMost(Duration.ofSeconds(30)).until(() -> refused.size() >= count);
  }

  static String hash(Path file) {
    try {
      return Sha256.hex(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
