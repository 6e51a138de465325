package io.ocellus.checkpoint;

import java.time.Duration;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;

/** Says what kept a checkpoint from being published. */
final class PublicationFailure {
  private PublicationFailure() {}

  /** Nothing of it is visible. */
  static CheckpointException of(Manifest draft, String topic, Exception cause) {
    return new CheckpointException(
        "The checkpoint that run %s trained for model %s could not be published to %s: %s"
            .formatted(
                draft.lineage() == null ? "?" : draft.lineage().run(),
                draft.model(),
                topic,
                root(cause).getMessage()),
        cause);
  }

  /** The commit was sent, no answer came, and the topic cannot be read. */
  static CheckpointException unknown(Manifest manifest, String topic, Exception cause) {
    return new CheckpointException(
        ("It is not known whether version %d of model %s is visible in %s: its commit failed (%s),"
                + " and the topic cannot be read since")
            .formatted(manifest.version(), manifest.model(), topic, root(cause).getMessage()),
        cause);
  }

  /** The broker aborted the transaction. */
  static CheckpointException overdue(String model, Duration timeout, Exception cause) {
    return new CheckpointException(
        ("The broker gave up a publication of model %s that took longer than"
                + " kafka.transaction.timeout.ms, %d s: raise that where models are larger or links"
                + " slower")
            .formatted(model, timeout.toSeconds()),
        cause);
  }

  /** Whether another producer has taken the transactional id, or this one's transaction is over. */
  static boolean isFencing(Throwable failure) {
    return has(failure, ProducerFencedException.class, InvalidProducerEpochException.class);
  }

  /** Whether the broker no longer knows the transaction. */
  static boolean isStale(Throwable failure) {
    return isFencing(failure) || has(failure, InvalidTxnStateException.class);
  }

  @SafeVarargs
  private static boolean has(Throwable failure, Class<? extends Throwable>... types) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      for (Class<?> type : types) {
        if (type.isInstance(each)) {
          return true;
        }
      }
    }
    return Stream.of(failure.getSuppressed()).anyMatch(suppressed -> has(suppressed, types));
  }

  /** Kafka wraps what went wrong with a record in "we are in an error state". */
  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
