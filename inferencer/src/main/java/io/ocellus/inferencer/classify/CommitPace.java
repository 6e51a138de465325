package io.ocellus.inferencer.classify;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * When the tasks of one stream thread ask for a commit, which is one of all of them. What lands is
 * committed at once, but not more often than an interval says; what lands together, as a batch
 * does, is committed together; and where nothing has landed, a commit would show nothing.
 */
final class CommitPace {
  private final long interval;
  private final List<BooleanSupplier> tasks = new ArrayList<>();
  private boolean landed;
  private long asked;

  /**
   * @param interval from one commit to the next, at least
   */
  CommitPace(Duration interval) {
    this.interval = interval.toMillis();
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
    landed = true;
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
    if (!landed
        || now - asked < interval
        || tasks.stream().anyMatch(BooleanSupplier::getAsBoolean)) {
      return false;
    }
    landed = false;
    asked = now;
    return true;
  }
}
