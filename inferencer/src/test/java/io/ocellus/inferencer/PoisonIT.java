package io.ocellus.inferencer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocellus.failure.FailureReason;
import io.ocellus.testbed.Broker;
import io.ocellus.testbed.SyntheticImages;
import io.ocellus.topic.EventHeaders;
import io.ocellus.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Images that nothing can be made of, one of each kind. */
@Timeout(120)
@Tag("container")
class PoisonIT {
  private static final Topics TOPICS = new Topics("poison");
  private static final TestModel MODEL = TestModel.of(32, "cat", "dog", "owl");

  @TempDir Path folder;
  private final SyntheticImages synthetic = new SyntheticImages(32, 7);
  private final byte[] image = synthetic.png(synthetic.classes().get(0), 1);

  @Test
  void eachIsOneDeadLetterAndItsNeighboursAreUnharmed() throws Exception {
    try (Broker kafka = Broker.start();
        Stream stream = new Stream(kafka.bootstrapServers(), TOPICS.prefix(), folder)) {
      stream
          .with("image.max-bytes", "20000")
          .with("image.references", folder.toUri() + "allowed/,http://127.0.0.1:1/")
          .with("image.reference-patience", "500ms");
      stream.publish(MODEL);
      Map<FailureReason, ProducerRecord<byte[], byte[]>> poison = poison();
      int sent = 0;
      for (ProducerRecord<byte[], byte[]> record : poison.values()) {
        stream.send("camera", image);
        stream.send(record);
        stream.send("camera", image);
        sent += 3;
      }
      stream.flush();
      try (Inferencer inferencer = stream.start()) {
        stream.awaitOutcomes(sent);
        Results.of(stream).assertExactlyOnceInOrder(sent);
        assertDead(poison, letters(stream));
        Scrape.of(inferencer.uri(), "/metrics").assertIdentity(sent, poison.size());
      }
    }
  }

  private static Map<String, ConsumerRecord<byte[], byte[]>> letters(Stream stream) {
    return stream.read(TOPICS.imagesDead()).stream()
        .collect(
            Collectors.toMap(
                r -> EventHeaders.text(r.headers(), EventHeaders.REASON).orElseThrow(), r -> r));
  }

  private static void assertDead(
      Map<FailureReason, ProducerRecord<byte[], byte[]>> poison,
      Map<String, ConsumerRecord<byte[], byte[]>> letters) {
    poison.forEach(
        (reason, record) -> {
          assertThat(letters).containsKey(reason.tag());
          assertThat(letters.get(reason.tag()).value()).isEqualTo(record.value());
          assertThat(letters.get(reason.tag()).key()).isEqualTo(record.key());
        });
    assertThat(letters).hasSameSizeAs(poison);
  }

  private Map<FailureReason, ProducerRecord<byte[], byte[]>> poison() {
    Map<FailureReason, ProducerRecord<byte[], byte[]>> poison = new EnumMap<>(FailureReason.class);
    for (FailureReason reason : FailureReason.values()) {
      switch (reason) {
        case EMPTY -> poison.put(reason, record(new byte[0]));
        case NAME_TOO_LONG -> poison.put(reason, longName());
        case TOO_LARGE_BYTES -> poison.put(reason, record(new byte[20_001]));
        case TOO_MANY_PIXELS ->
            poison.put(reason, record(synthetic.broken(SyntheticImages.Broken.BOMB)));
        case UNSUPPORTED_FORMAT ->
            poison.put(reason, record(synthetic.broken(SyntheticImages.Broken.TEXT)));
        case UNDECODABLE ->
            poison.put(reason, record(synthetic.broken(SyntheticImages.Broken.TRUNCATED)));
        case REFERENCE_REFUSED -> poison.put(reason, reference("elsewhere/image.png"));
        case REFERENCE_MISSING -> poison.put(reason, reference("allowed/image.png"));
        case REFERENCE_UNAVAILABLE -> poison.put(reason, absolute("http://127.0.0.1:1/a.png"));
        case TOO_SLOW, OUT_OF_MEMORY, SUSPECT -> {} // see ImageGuardTest and HostileStreamIT
        case NO_LABEL, UNKNOWN_SPLIT -> {} // of labelled images only
        case FORWARD_FAILED -> {} // no image can do it to a sound network; see ForwardPassTest
      }
    }
    return poison;
  }

  private ProducerRecord<byte[], byte[]> record(byte[] value) {
    return new ProducerRecord<>(TOPICS.images(), "camera".getBytes(StandardCharsets.UTF_8), value);
  }

  private ProducerRecord<byte[], byte[]> longName() {
    ProducerRecord<byte[], byte[]> record = record(synthetic.png(synthetic.classes().get(0), 1));
    EventHeaders.set(record.headers(), EventHeaders.CE_ID, "x".repeat(700_000));
    return record;
  }

  private ProducerRecord<byte[], byte[]> reference(String path) {
    return absolute(folder.toUri() + path);
  }

  private ProducerRecord<byte[], byte[]> absolute(String uri) {
    ProducerRecord<byte[], byte[]> record = record(null);
    EventHeaders.set(record.headers(), EventHeaders.CE_DATAREF, uri);
    return record;
  }
}
