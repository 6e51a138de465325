package io.ocellus.benchmarks.serve.contender;

import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import io.confluent.parallelconsumer.ParallelConsumerOptions;
import io.confluent.parallelconsumer.ParallelConsumerOptions.ProcessingOrder;
import io.confluent.parallelconsumer.ParallelStreamProcessor;
import io.confluent.parallelconsumer.PollContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Confluent's parallel-consumer: batches on as many threads as there are cores, in order per key.
 * PyTorch has one thread to a batch, as DJL's guide to inference on many threads advises.
 */
final class ParallelBatches implements Contender {
  private final Task task;
  private final DjlModel model;
  private final ThreadLocal<Predictor<Image, Classifications>> predictors;
  private final ParallelStreamProcessor<byte[], byte[]> processor;

  ParallelBatches(Task task) {
    System.setProperty("ai.djl.pytorch.num_threads", "1");
    this.task = task;
    this.model = new DjlModel(task);
    this.predictors = ThreadLocal.withInitial(model::predictor);
    this.processor =
        ParallelStreamProcessor.createEosStreamProcessor(
            ParallelConsumerOptions.<byte[], byte[]>builder()
                .consumer(Clients.consumer(task, Map.of()))
                .producer(Clients.producer(task))
                .ordering(ProcessingOrder.KEY)
                .maxConcurrency(task.threads())
                .batchSize(task.batch())
                // It looks for auto-commit in fields that newer clients do not have.
                .ignoreReflectiveAccessExceptionsForAutoCommitDisabledCheck(true)
                .build());
    processor.subscribe(List.of(task.topics().images()));
    processor.pollAndProduceMany(this::classify);
  }

  private List<ProducerRecord<byte[], byte[]>> classify(PollContext<byte[], byte[]> context) {
    List<ConsumerRecord<byte[], byte[]>> batch = context.getConsumerRecordsFlattened();
    List<byte[]> results =
        DjlModel.classify(predictors.get(), batch.stream().map(ConsumerRecord::value).toList());
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      records.add(Clients.result(task, batch.get(i), results.get(i)));
    }
    return records;
  }

  @Override
  public String runtime() {
    return Runtimes.pytorch();
  }

  @Override
  public void close() {
    processor.close();
    model.close();
  }
}
