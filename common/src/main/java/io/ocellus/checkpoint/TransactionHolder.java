package io.ocellus.checkpoint;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that a transactional id may have a new holder, by asking the broker, which leaves no
 * trace there. The broker counts an epoch up whenever somebody takes the id over.
 */
final class TransactionHolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TransactionHolder.class);
  private static final String TIMEOUT_MS = "5000";
  private static final long SETTLING_SECONDS = 5;

  private final String transactionalId;
  private final Admin admin;
  private Optional<Epoch> own = Optional.empty();

  private record Epoch(long producerId, int epoch) {
    static Epoch of(TransactionDescription transaction) {
      return new Epoch(transaction.producerId(), transaction.producerEpoch());
    }
  }

  TransactionHolder(Map<String, String> kafka, String transactionalId) {
    this.transactionalId = transactionalId;
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put("default.api.timeout.ms", TIMEOUT_MS);
    settings.put("request.timeout.ms", TIMEOUT_MS);
    this.admin = Admin.create(settings);
  }

  /**
   * To be called when the id is known to be this process's own. Waits a little until a transaction
   * that was just decided is so for readers too.
   */
  void remember() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SETTLING_SECONDS);
    Optional<TransactionDescription> found = describe();
    while (found.filter(TransactionHolder::settling).isPresent() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      found = describe();
    }
    own = found.map(Epoch::of);
  }

  private static boolean settling(TransactionDescription transaction) {
    return transaction.state() == TransactionState.PREPARE_COMMIT
        || transaction.state() == TransactionState.PREPARE_ABORT;
  }

  /** To be called when it is not known whose the id is. */
  void forget() {
    own = Optional.empty();
  }

  /** Whether whoever holds it has a transaction open, or one that is being decided. */
  boolean isBusy() {
    return describe()
        .filter(held -> held.state() == TransactionState.ONGOING || settling(held))
        .isPresent();
  }

  /** Waits until that is no longer so, but no longer than this. */
  void awaitIdle(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (isBusy() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  /** Whether the id is held differently than when it was this process's own. */
  boolean mayHaveChanged() {
    Optional<Epoch> now = own.isPresent() ? describe().map(Epoch::of) : Optional.empty();
    return now.isPresent() && !now.equals(own);
  }

  /** Empty where the broker cannot be asked. */
  private Optional<TransactionDescription> describe() {
    try {
      return Optional.of(
          admin.describeTransactions(List.of(transactionalId)).description(transactionalId).get());
    } catch (ExecutionException e) {
      LOG.debug("{} cannot be looked up", transactionalId, e);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
