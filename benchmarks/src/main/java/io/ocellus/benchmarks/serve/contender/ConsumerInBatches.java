package io.ocellus.benchmarks.serve.contender;

import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * A consumer's poll loop: what a poll gives is a batch, {@code max.poll.records} its size; its
 * results are written, then its offsets committed.
 */
final class ConsumerInBatches implements Contender {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Task task;
  private final DjlModel model;
  private final Thread thread;
  private volatile boolean closed;

  ConsumerInBatches(Task task) {
    this.task = task;
    this.model = new DjlModel(task);
    this.thread = new Thread(this::run, "consumer");
    thread.start();
  }

  private void run() {
    try (KafkaConsumer<byte[], byte[]> consumer =
            Clients.consumer(task, Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, task.batch()));
        KafkaProducer<byte[], byte[]> producer = Clients.producer(task);
        Predictor<Image, Classifications> predictor = model.predictor()) {
      consumer.subscribe(List.of(task.topics().images()));
      while (!closed) {
        List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
        consumer.poll(POLL).forEach(batch::add);
        if (batch.isEmpty()) {
          continue;
        }
        List<byte[]> results =
            DjlModel.classify(predictor, batch.stream().map(ConsumerRecord::value).toList());
        List<Future<RecordMetadata>> sending = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
          sending.add(producer.send(Clients.result(task, batch.get(i), results.get(i))));
        }
        for (Future<RecordMetadata> each : sending) {
          each.get();
        }
        consumer.commitSync();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String runtime() {
    return Runtimes.pytorch();
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    model.close();
  }
}
