package io.ocellus.checkpoint;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A transactional producer that is replaced by a new one where a failure has spoilt it. */
class CheckpointProducer implements AutoCloseable {
  private static final String TRANSACTION_TIMEOUT = "transaction.timeout.ms";

  /** Long enough for 28 MiB at 4 Mbit/s. */
  private static final String TRANSACTION_TIMEOUT_MS = "60000";

  private static final int COMMIT_TRIES = 3;

  private final Map<String, Object> settings;
  private final TransactionHolder holder;
  private final Duration timeout;
  private KafkaProducer<byte[], byte[]> producer;
  private long begun;

  /** Takes the transactional id over from whoever has it, aborting what they had begun. */
  CheckpointProducer(Map<String, String> kafka, String transactionalId) {
    settings = new HashMap<>();
    settings.put(TRANSACTION_TIMEOUT, TRANSACTION_TIMEOUT_MS);
    settings.putAll(kafka);
    settings.put("transactional.id", transactionalId);
    settings.put("enable.idempotence", "true");
    settings.put("acks", "all");
    timeout = transactionTimeout(kafka);
    holder = new TransactionHolder(kafka, transactionalId);
    try {
      producer = open();
    } catch (RuntimeException e) {
      holder.close();
      throw e;
    }
  }

  /**
   * The same once whoever has the id has no transaction open, or its timeout is over.
   *
   * @param kafka properties of Kafka's clients
   */
  static CheckpointProducer inTurn(Map<String, String> kafka, String transactionalId) {
    try (TransactionHolder holder = new TransactionHolder(kafka, transactionalId)) {
      holder.awaitIdle(transactionTimeout(kafka));
    }
    return new CheckpointProducer(kafka, transactionalId);
  }

  /** How long a transaction of a producer with those properties may take. */
  static Duration transactionTimeout(Map<String, String> kafka) {
    return Duration.ofMillis(
        Long.parseLong(kafka.getOrDefault(TRANSACTION_TIMEOUT, TRANSACTION_TIMEOUT_MS)));
  }

  private KafkaProducer<byte[], byte[]> open() {
    KafkaProducer<byte[], byte[]> opened =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    try {
      opened.initTransactions();
      holder.remember();
      return opened;
    } catch (RuntimeException e) {
      opened.close(Duration.ZERO);
      throw e;
    }
  }

  /** How long a transaction may take before the broker aborts it. */
  Duration transactionTimeout() {
    return timeout;
  }

  /** Whether whoever holds the transactional id is in the middle of a transaction. */
  boolean isBusy() {
    return holder.isBusy();
  }

  /** Waits until that is no longer so, or the transaction's timeout is over. */
  void awaitIdle() {
    holder.awaitIdle(timeout);
  }

  /**
   * Takes a new producer where the last one was given up.
   *
   * @return whether it did; others may have held the transactional id meanwhile
   */
  boolean renew() {
    boolean givenUp = producer == null;
    if (givenUp) {
      producer = open();
    }
    return givenUp;
  }

  void begin() {
    begun = System.nanoTime();
    producer.beginTransaction();
  }

  /** Whether the transaction that was begun last is older than the broker allows. */
  boolean overdue() {
    return System.nanoTime() - begun > transactionTimeout().toNanos();
  }

  /**
   * Sends in order. A failure that is known at once is thrown, such as that of a broker that has
   * not answered for {@code max.block.ms}; any other shows at the commit.
   */
  void send(ProducerRecord<byte[], byte[]> record) {
    Future<RecordMetadata> sent = producer.send(record);
    try {
      if (sent.isDone()) {
        sent.get();
      }
    } catch (ExecutionException e) {
      throw new KafkaException("The broker does not take the record", e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  void commit() {
    for (int attempt = 1; ; attempt++) {
      try {
        producer.commitTransaction();
        holder.remember();
        return;
      } catch (TimeoutException e) {
        if (attempt == COMMIT_TRIES) {
          throw e;
        }
      }
    }
  }

  /**
   * Undoes what was sent since {@link #begin}. Where even that fails, the producer is given up and
   * the broker aborts the transaction, at the latest when it times out.
   */
  void abort() {
    try {
      producer.abortTransaction();
      holder.remember();
    } catch (RuntimeException e) {
      giveUp();
      throw e;
    }
  }

  /** Whether the broker shows signs of another producer with this transactional id. */
  boolean mayBeFenced() {
    return producer != null && holder.mayHaveChanged();
  }

  /**
   * Begins and aborts a transaction with that record: only the broker's answer to a record tells
   * for certain whether this producer is fenced.
   *
   * @throws KafkaException the broker's answer where it does not take the record
   */
  void probe(ProducerRecord<byte[], byte[]> record) {
    begin();
    Future<RecordMetadata> sent = producer.send(record);
    producer.flush();
    try {
      sent.get();
      abort();
    } catch (ExecutionException e) {
      abort();
      throw new KafkaException("The broker does not take the record", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      abort();
    }
  }

  /** The next {@link #renew} takes a new producer. */
  void giveUp() {
    holder.forget();
    KafkaProducer<byte[], byte[]> spoilt = producer;
    producer = null;
    if (spoilt != null) {
      spoilt.close(Duration.ofSeconds(5));
    }
  }

  @Override
  public void close() {
    try {
      giveUp();
    } finally {
      holder.close();
    }
  }
}
