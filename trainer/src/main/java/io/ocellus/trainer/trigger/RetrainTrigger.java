package io.ocellus.trainer.trigger;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides when a run is due. Told of what happens and asked for what follows, it holds no thread
 * and no clock. A request that comes during a run makes one more run due, however many they are.
 */
public final class RetrainTrigger {
  /** A topic that is never quiet is trained from after this many times the quiet period. */
  private static final int PATIENCE = 10;

  private static final Duration FIRST_RETRY = Duration.ofMinutes(1);
  private static final int MOST_DOUBLINGS = 6;

  private final Rules rules;
  private boolean onStart;
  private String requested = "";
  private Instant lastRun;
  private Instant lastLabel = Instant.MIN;
  private Instant dueSince = Instant.MAX;
  private String begun = "";
  private String retry = "";
  private Instant retryAt = Instant.MAX;
  private int failures;

  /**
   * What makes a run due.
   *
   * @param onStart train at once where there is no checkpoint
   * @param afterLabels train after this many new labels; 0 for never
   * @param interval train at this interval; zero for never
   * @param quiet how long no label must have come before a run starts
   */
  public record Rules(boolean onStart, int afterLabels, Duration interval, Duration quiet) {
    public Rules {
      if (afterLabels < 0 || interval.isNegative() || quiet.isNegative()) {
        throw new IllegalArgumentException("retrain.* must not be negative");
      }
    }
  }

  public RetrainTrigger(Rules rules, Instant started) {
    this.rules = rules;
    this.lastRun = started;
    this.onStart = rules.onStart();
  }

  /** A label came. */
  public synchronized void labelled(Instant now) {
    lastLabel = now;
  }

  /** Somebody asks for a run, and may say why. */
  public synchronized void request(String why) {
    requested = why.isBlank() ? Reason.REQUEST.tag() : why;
  }

  /** A run begins: what made it due is answered. */
  public synchronized void begun(Instant now, String reason) {
    begun = reason;
    retry = "";
    requested = "";
    onStart = false;
    lastRun = now;
    dueSince = Instant.MAX;
  }

  /** The run came to an end of its own. */
  public synchronized void ended() {
    failures = 0;
  }

  /** The run failed: it is due again in a minute, and later each time that it fails again. */
  public synchronized void failed(Instant now) {
    retry = begun;
    retryAt = now.plus(FIRST_RETRY.multipliedBy(1L << Math.min(failures++, MOST_DOUBLINGS)));
  }

  /**
   * The reason for a run that should start now; empty where none should.
   *
   * @param hasCheckpoint whether a version is in the topic
   * @param newLabels how many labels came since the last run
   */
  public synchronized Optional<String> due(Instant now, boolean hasCheckpoint, long newLabels) {
    Optional<String> reason = reason(now, hasCheckpoint, newLabels);
    if (reason.isEmpty()) {
      dueSince = Instant.MAX;
      return reason;
    }
    if (dueSince.equals(Instant.MAX)) {
      dueSince = now;
    }
    return reason.filter(r -> quiet(now));
  }

  private Optional<String> reason(Instant now, boolean hasCheckpoint, long newLabels) {
    if (!requested.isEmpty()) {
      return Optional.of(requested);
    }
    if (!retry.isEmpty() && !now.isBefore(retryAt)) {
      return Optional.of(retry);
    }
    if (onStart && !hasCheckpoint) {
      return Optional.of(Reason.ON_START.tag());
    }
    if (rules.afterLabels() > 0 && newLabels >= rules.afterLabels()) {
      return Optional.of(Reason.NEW_LABELS.tag());
    }
    boolean interval = !rules.interval().isZero() && !now.isBefore(lastRun.plus(rules.interval()));
    return interval ? Optional.of(Reason.INTERVAL.tag()) : Optional.empty();
  }

  private boolean quiet(Instant now) {
    boolean quiet = lastLabel.equals(Instant.MIN) || !now.isBefore(lastLabel.plus(rules.quiet()));
    return quiet || !now.isBefore(dueSince.plus(rules.quiet().multipliedBy(PATIENCE)));
  }
}
