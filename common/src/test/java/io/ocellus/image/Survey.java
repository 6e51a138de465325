package io.ocellus.image;

import io.ocellus.image.hostile.HostileImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Collects what breaks bounds by what it breaks and where, with the smallest image of each. */
final class Survey {
  private final Map<String, Finding> findings = new LinkedHashMap<>();
  private final long start = System.nanoTime();
  private int images;

  private static final class Finding {
    final Set<String> kinds = new TreeSet<>();
    final int afterImages;
    final long afterSeconds;
    String detail = "";
    byte[] smallest = {};
    int count;

    Finding(int afterImages, long afterSeconds) {
      this.afterImages = afterImages;
      this.afterSeconds = afterSeconds;
    }
  }

  void add(HostileImage image, Bounded.Verdict verdict) {
    images++;
    verdict.breach().ifPresent(breach -> add(image, breach));
  }

  private void add(HostileImage image, Breach breach) {
    String format = image.kind().substring(0, image.kind().indexOf(':'));
    String key = "%s | %s | %s | %s".formatted(format, breach.type(), breach.use(), breach.where());
    long seconds = (System.nanoTime() - start) / 1_000_000_000;
    Finding finding = findings.computeIfAbsent(key, k -> new Finding(images, seconds));
    finding.count++;
    finding.kinds.add(image.kind());
    if (finding.smallest.length == 0 || image.bytes().length < finding.smallest.length) {
      finding.smallest = image.bytes();
      finding.detail = breach.detail() + " | " + image.kind();
    }
  }

  /**
   * Prints a table and leaves the images in a folder, named by the table's lines.
   *
   * @return how many lines it has
   */
  int report(Path folder) {
    System.out.printf("%d images, %d kinds of breach%n", images, findings.size());
    int line = 0;
    for (Map.Entry<String, Finding> entry : findings.entrySet()) {
      Finding finding = entry.getValue();
      Path file = folder.resolve("%03d.bin".formatted(++line));
      System.out.printf(
          "%03d | %s | %d times | after %d images, %d s | smallest %d bytes: %s | by %s%n",
          line,
          entry.getKey(),
          finding.count,
          finding.afterImages,
          finding.afterSeconds,
          finding.smallest.length,
          finding.detail,
          finding.kinds.stream().limit(8).toList());
      write(file, finding.smallest);
    }
    return findings.size();
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
