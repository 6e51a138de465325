package io.ocellus.benchmarks.serve.contender;

/** The contenders, in the order of the tables. */
public enum ContenderKind {
  /** The forward pass of the checkpoint's TorchScript. */
  PYTORCH("PyTorch, forward pass alone", ""),
  /** That of the same weights in PyTorch in bfloat16. */
  PYTORCH_BFLOAT16("PyTorch in bfloat16, forward pass alone", ""),
  /** That of the same weights in ONNX Runtime. */
  ONNXRUNTIME("ONNX Runtime, forward pass alone", ""),
  /** The product. */
  OCELLUS("Ocellus", "exactly once"),
  /** What people write first. */
  STREAMS("Kafka Streams, a DJL Predictor per record", "exactly once"),
  /** What people write next. */
  CONSUMER("plain consumer, max.poll.records to a batch", "at least once"),
  /** What people take when one thread is not enough. */
  PARALLEL("Confluent's parallel-consumer, batches", "at least once");

  private final String title;
  private final String guarantee;

  ContenderKind(String title, String guarantee) {
    this.title = title;
    this.guarantee = guarantee;
  }

  /** What tables call it. */
  public String title() {
    return title;
  }

  /** What it promises of each image; empty where it serves no topic. */
  public String guarantee() {
    return guarantee;
  }

  /** Whether it goes from topic to topic, rather than from memory to memory. */
  public boolean servesTopics() {
    return !guarantee.isEmpty();
  }

  Contender start(Task task) {
    return switch (this) {
      case PYTORCH -> PyTorchForward.contender(task, task.model());
      case PYTORCH_BFLOAT16 -> PyTorchForward.contender(task, task.bfloat16());
      case ONNXRUNTIME -> OnnxRuntimeForward.contender(task);
      case OCELLUS -> new OcellusInferencer(task);
      case STREAMS -> new StreamsPerRecord(task);
      case CONSUMER -> new ConsumerInBatches(task);
      case PARALLEL -> new ParallelBatches(task);
    };
  }
}
