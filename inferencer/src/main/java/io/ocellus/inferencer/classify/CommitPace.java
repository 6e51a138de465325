package io.ocellus.inferencer.classify;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * When the tasks of one stream thread ask for a commit, which is one of all of them. What lands is
 * committed at once, but not more often than every 100 ms, and every 300 ms while images queue;
 * what lands together, as a batch does, is committed together; and where nothing has landed, a
 * commit would show nothing.
 */
final class CommitPace {
  private static final long INTERVAL_MILLIS = 100;

  /** Where images wait for a place in a ring: their results are late anyhow, commits take work. */
  private static final long QUEUE_INTERVAL_MILLIS = 300;

  /** For other tasks to land what they have: each looks every few milliseconds. */
  private static final long PATIENCE_MILLIS = 20;

  private final boolean resultsShowAtCommits;
  private final List<BooleanSupplier> tasks = new ArrayList<>();
  private boolean landed;
  private long asked = -QUEUE_INTERVAL_MILLIS;
  private long queued = asked;

  /** Since when another commit could be; not after the last one where there was no need yet. */
  private long dueSince = asked;

  /**
   * @param resultsShowAtCommits as under exactly-once; else nobody waits for a commit, and none is
   *     asked for
   */
  CommitPace(boolean resultsShowAtCommits) {
    this.resultsShowAtCommits = resultsShowAtCommits;
  }

  /**
   * A task begins.
   *
   * @param mayLand says whether it would forward something if it looked
   */
  void opened(BooleanSupplier mayLand) {
    tasks.add(mayLand);
  }

  /** It ends. */
  void closed(BooleanSupplier mayLand) {
    tasks.remove(mayLand);
  }

  /** An outcome was forwarded. */
  void landed() {
    landed = resultsShowAtCommits;
  }

  /**
   * An image had to wait for a place in its ring.
   *
   * @param now in milliseconds
   */
  void queued(long now) {
    queued = now;
  }

  /** Whether an outcome waits for its commit. */
  boolean waits() {
    return landed;
  }

  /**
   * Whether to ask for a commit now; the caller does.
   *
   * @param now in milliseconds
   */
  boolean due(long now) {
    if (!landed || now - asked < interval(now)) {
      return false;
    }
    if (dueSince <= asked) {
      dueSince = now;
    }
    boolean othersLand = tasks.stream().anyMatch(BooleanSupplier::getAsBoolean);
    if (othersLand && now - dueSince < PATIENCE_MILLIS) {
      return false;
    }
    landed = false;
    asked = now;
    return true;
  }

  private long interval(long now) {
    return now - queued < INTERVAL_MILLIS ? QUEUE_INTERVAL_MILLIS : INTERVAL_MILLIS;
  }
}
