package io.ocellus.checkpoint;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A transactional producer that is replaced by a new one where a failure has spoilt it. */
final class CheckpointProducer implements AutoCloseable {
  private static final int COMMIT_TRIES = 3;

  private final Map<String, Object> settings;
  private KafkaProducer<byte[], byte[]> producer;

  /** Takes the transactional id over from whoever has it, aborting what they had begun. */
  CheckpointProducer(Map<String, String> kafka, String transactionalId) {
    settings = new HashMap<>();
    settings.put("transaction.timeout.ms", "120000");
    settings.putAll(kafka);
    settings.put("transactional.id", transactionalId);
    settings.put("enable.idempotence", "true");
    settings.put("acks", "all");
    producer = open();
  }

  private KafkaProducer<byte[], byte[]> open() {
    KafkaProducer<byte[], byte[]> opened =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    try {
      opened.initTransactions();
      return opened;
    } catch (RuntimeException e) {
      opened.close(Duration.ZERO);
      throw e;
    }
  }

  void begin() {
    if (producer == null) {
      producer = open();
    }
    producer.beginTransaction();
  }

  /** Sends in order; a failure shows at the commit. */
  @SuppressWarnings("FutureReturnValueIgnored")
  void send(ProducerRecord<byte[], byte[]> record) {
    producer.send(record);
  }

  void commit() {
    for (int attempt = 1; ; attempt++) {
      try {
        producer.commitTransaction();
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
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  @Override
  public void close() {
    if (producer != null) {
      producer.close(Duration.ofSeconds(5));
      producer = null;
    }
  }
}
