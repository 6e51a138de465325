package io.ocellus.image;

import io.ocellus.image.hostile.HostileImage;
import io.ocellus.image.hostile.HostileImages;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;

/** Decodes hostile and damaged images at certain limits, and lists what broke a bound. */
final class LongFuzz implements AutoCloseable {
  /** Decoded in about the time of one hostile image. */
  private static final int DAMAGED = 20;

  private final List<byte[]> corpus = FuzzCorpus.bytes();
  private final SplittableRandom random;
  private final HostileImages hostile;
  private final Mutator mutator;
  private final Bounded decoder;
  private final Survey survey = new Survey();
  private final String name;

  LongFuzz(String name, ImageLimits limits, Collection<String> formats, long seed) {
    this.name = name;
    this.random = new SplittableRandom(seed);
    this.hostile = new HostileImages(corpus, limits, formats, random.split());
    this.mutator = new Mutator(corpus, seed);
    this.decoder = new Bounded(limits);
  }

  void hostile() {
    examine(hostile.next());
  }

  void damaged() {
    for (int i = 0; i < DAMAGED; i++) {
      byte[] whole = corpus.get(random.nextInt(corpus.size()));
      examine(new HostileImage("damaged: by bytes", mutator.damaged(whole)));
    }
  }

  void run(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      hostile();
      damaged();
    }
  }

  private void examine(HostileImage image) {
    survey.add(image, decoder.examine(image.bytes()));
  }

  /** Prints a table and returns how many kinds of breach there were. */
  int report() {
    System.out.printf(
        "%s: at most %.2f s CPU and %,d MiB allocated for one%n",
        name, decoder.mostCpu().toNanos() / 1e9, decoder.mostAllocated() >> 20);
    return survey.report(Path.of("target", "fuzz", name));
  }

  @Override
  public void close() {
    decoder.close();
  }
}
