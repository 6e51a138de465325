package io.ocellus.checkpoint;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose turn it is to publish a model. A trainer holds the transactional id; a command takes it for
 * a single publication, which the trainer recognises by what the manifest says.
 */
final class PublishingTurn {
  private static final Logger LOG = LoggerFactory.getLogger(PublishingTurn.class);

  /** How long a command may hold the transactional id without a transaction. */
  private static final Duration TURN = Duration.ofSeconds(8);

  private static final int MOST_TURNS = 10;
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final String model;
  private final String by;
  private final CheckpointProducer producer;
  private final PublishedVersions published;
  private long heldSince;
  private int turns;

  /**
   * @param by {@link Manifest#TRAINER} or {@link Manifest#COMMAND}
   * @param heldSince where the topic ended before the transactional id was taken
   */
  PublishingTurn(
      String model,
      String by,
      CheckpointProducer producer,
      PublishedVersions published,
      long heldSince) {
    this.model = model;
    this.by = by;
    this.producer = producer;
    this.published = published;
    this.heldSince = heldSince;
  }

  /**
   * Takes the transactional id back where that is due: a trainer from a command that has published,
   * which may be about to begin its transaction, or in the middle of it; a command from the trainer
   * that has just taken it back, a few times.
   */
  boolean takenBack() {
    return by.equals(Manifest.TRAINER) ? takenBackFromCommand() : takenBackFromTrainer();
  }

  private boolean takenBackFromCommand() {
    long begun = System.nanoTime();
    long longest = TURN.plus(producer.transactionTimeout()).toNanos();
    while (true) {
      boolean busy = producer.isBusy();
      Optional<Manifest> version = busy ? Optional.empty() : published.byCommandSince(heldSince);
      if (version.isPresent()) {
        takeAgain();
        LOG.info(
            "Version {} of model {} was published by a command; this trainer goes on publishing",
            version.get().version(),
            model);
        return true;
      }
      if (System.nanoTime() - begun > (busy ? longest : TURN.toNanos())) {
        return false;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private boolean takenBackFromTrainer() {
    boolean again = turns++ < MOST_TURNS;
    if (again) {
      LockSupport.parkNanos(turns * LOOK_NANOS);
      producer.awaitIdle();
      takeAgain();
    }
    return again;
  }

  private void takeAgain() {
    published.look();
    heldSince = published.end();
    producer.giveUp();
    producer.renew();
  }
}
