package io.ocellus.image.guard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The images that were being decoded when a process died, and those whose decoding never came back.
 * Kept in a text file, a line for each image, so that a restart does not bring the same end again.
 */
final class Suspects {
  /** An image that was underway so many times when a process died is not decoded again. */
  static final int DEATHS = 2;

  private static final Logger log = LoggerFactory.getLogger(Suspects.class);
  private static final int MOST = 10_000;

  private final Optional<Path> file;
  private final Map<Fingerprint, Verdict> verdicts = new LinkedHashMap<>();
  private volatile boolean none = true;

  /** What is known of an image. */
  private record Verdict(int deaths, boolean neverEnds) {
    String line(Fingerprint image) {
      return "%s %s".formatted(image, neverEnds ? "never-ends" : deaths);
    }

    static Verdict parse(String word) {
      return word.equals("never-ends")
          ? new Verdict(0, true)
          : new Verdict(Integer.parseInt(word), false);
    }
  }

  private Suspects(Optional<Path> file) {
    this.file = file;
  }

  /** That are forgotten with the process. */
  static Suspects inMemory() {
    return new Suspects(Optional.empty());
  }

  /** That are kept in that file; what cannot be read of it is passed over. */
  static Suspects in(Path file) {
    Suspects suspects = new Suspects(Optional.of(file));
    suspects.read(file);
    return suspects;
  }

  /** How many processes have died while this image was underway. */
  synchronized int deaths(Fingerprint image) {
    Verdict verdict = verdicts.get(image);
    return verdict == null ? 0 : verdict.deaths();
  }

  /** Whether decoding it has kept a thread for ever. */
  synchronized boolean neverEnds(Fingerprint image) {
    Verdict verdict = verdicts.get(image);
    return verdict != null && verdict.neverEnds();
  }

  /** Whether there is nothing to look up, which is how it nearly always is. */
  boolean none() {
    return none;
  }

  /** A process died while these were underway. */
  synchronized void died(List<Fingerprint> images) {
    if (images.isEmpty()) {
      return;
    }
    for (Fingerprint image : images) {
      put(image, new Verdict(deaths(image) + 1, neverEnds(image)));
    }
    save();
  }

  /** Decoding it does not end. */
  synchronized void addEndless(Fingerprint image) {
    put(image, new Verdict(deaths(image), true));
    save();
  }

  /** It was decoded, and nothing died. */
  synchronized void clear(Fingerprint image) {
    if (verdicts.remove(image) != null) {
      none = verdicts.isEmpty();
      save();
    }
  }

  private void put(Fingerprint image, Verdict verdict) {
    verdicts.remove(image);
    verdicts.put(image, verdict);
    if (verdicts.size() > MOST) {
      verdicts.remove(verdicts.keySet().iterator().next());
    }
    none = false;
  }

  private void read(Path path) {
    if (!Files.exists(path)) {
      return;
    }
    try {
      for (String line : Files.readAllLines(path)) {
        String[] words = line.split(" ", -1);
        put(Fingerprint.parse(words[0]), Verdict.parse(words[1]));
      }
    } catch (IOException | RuntimeException e) {
      log.warn("Suspected images cannot be read from {}: {}", path, e.toString());
    }
  }

  private void save() {
    if (file.isEmpty()) {
      return;
    }
    Path path = file.get();
    String lines =
        verdicts.entrySet().stream()
            .map(entry -> entry.getValue().line(entry.getKey()) + "\n")
            .collect(Collectors.joining());
    try {
      Path fresh = path.resolveSibling(path.getFileName() + ".new");
      Files.writeString(fresh, lines);
      Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      log.warn("Suspected images cannot be written to {}: {}", path, e.toString());
    }
  }
}
