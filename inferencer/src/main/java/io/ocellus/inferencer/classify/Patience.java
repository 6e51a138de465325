package io.ocellus.inferencer.classify;

import java.time.Duration;

/**
 * How long the tasks of one stream thread wait for full rings, together, before the thread can
 * commit again.
 *
 * <p>Kafka Streams calls {@code process()} for every task, several times each, then runs
 * punctuators, then commits where {@code commit.interval.ms} is over, and begins anew
 * (StreamThread's loop). A transaction is not committed during {@code process()}, so that the sum
 * of these waits must stay well below its timeout. A task that has waited in vain takes its image
 * all the same; the more images its ring holds beyond its slots, the longer it waits, so that rings
 * stay small where images leave slowly.
 */
final class Patience {
  static final Duration SHORTEST = Duration.ofSeconds(2);

  /** By how many times {@link #SHORTEST} it grows while a ring's size grows by its slots. */
  private static final int GROWTH = 4;

  private final long longest;
  private long waited;

  /**
   * @param longest together, however much the rings hold
   */
  Patience(Duration longest) {
    this.longest = longest.toNanos();
  }

  /**
   * Waits for the image at the head of a full ring, and lands it if its outcome comes in time.
   *
   * @return whether it came
   */
  boolean landHead(Ring ring) {
    long began = System.nanoTime();
    boolean landed = ring.landHeadWithin(Math.max(0, limit(ring) - waited));
    waited += System.nanoTime() - began;
    return landed;
  }

  /** Punctuators run, and after them the thread commits. */
  void renew() {
    waited = 0;
  }

  private long limit(Ring ring) {
    long beyond = (long) ring.size() - ring.slots();
    long limit = SHORTEST.toNanos() + SHORTEST.toNanos() * GROWTH * beyond / ring.slots();
    return Math.min(limit, longest);
  }
}
