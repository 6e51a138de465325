package io.ocellus.benchmarks.serve.contender;

import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Kafka Streams with a predictor in {@code mapValues}: three lines, an image at a time. Its
 * guarantee is a setting, so it has the one that Ocellus has; everything else is as it comes.
 */
final class StreamsPerRecord implements Contender {
  private final DjlModel model;
  private final KafkaStreams streams;

  StreamsPerRecord(Task task) {
    model = new DjlModel(task);
    Predictor<Image, Classifications> predictor = model.predictor();
    StreamsBuilder builder = new StreamsBuilder();
    builder.<byte[], byte[]>stream(task.topics().images())
        .mapValues(image -> DjlModel.classify(predictor, image))
        .to(task.topics().classifications());
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, task.prefix());
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, task.bootstrapServers());
    properties.put(StreamsConfig.STATE_DIR_CONFIG, task.folder().toString());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(
        StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class.getName());
    properties.put(
        StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class.getName());
    streams = new KafkaStreams(builder.build(), properties);
    streams.start();
  }

  @Override
  public String runtime() {
    return Runtimes.pytorch();
  }

  @Override
  public void close() {
    streams.close();
    model.close();
  }
}
