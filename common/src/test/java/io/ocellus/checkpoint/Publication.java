package io.ocellus.checkpoint;

import io.ocellus.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The records of one version, laid out as the publisher would, for tests to tamper with. */
final class Publication {
  final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
  private final String topic;
  private Manifest manifest;

  Publication(String topic, String model, int version, Path folder) throws IOException {
    this.topic = topic;
    List<FileEntry> entries = new ArrayList<>();
    for (ChunkedFile file : ChunkedFile.in(folder)) {
      entries.add(
          file.send(
              (number, bytes) ->
                  records.add(
                      new ProducerRecord<>(
                          topic,
                          CheckpointKey.chunk(model, version, file.name(), number).bytes(),
                          bytes))));
    }
    manifest = Drafts.manifest(model, version - 1).published(version, entries);
    records.add(ManifestRecord.write(topic, manifest));
  }

  /** Flips one bit in the middle of that chunk. */
  void flipBit(int record) {
    byte[] bytes = records.get(record).value().clone();
    bytes[bytes.length / 2] ^= 1;
    replaceValue(record, bytes);
  }

  void drop(int record) {
    records.remove(record);
  }

  /** Leaves the keys where they are and swaps what they carry. */
  void swapValues(int one, int other) {
    byte[] kept = records.get(one).value();
    replaceValue(one, records.get(other).value());
    replaceValue(other, kept);
  }

  /** Swaps the order in which two records come. */
  void swapOrder(int one, int other) {
    records.set(one, records.set(other, records.get(one)));
  }

  void truncate(int record, int bytes) {
    byte[] value = records.get(record).value();
    replaceValue(record, Arrays.copyOf(value, value.length - bytes));
  }

  /** Another manifest whose header is right. */
  void manifest(UnaryOperator<Manifest> change) {
    manifest = change.apply(manifest);
    int last = records.size() - 1;
    ProducerRecord<byte[], byte[]> written = ManifestRecord.write(topic, manifest);
    records.set(
        last,
        new ProducerRecord<>(
            topic, null, records.get(last).key(), written.value(), written.headers()));
  }

  /** Any text as manifest, with the header that belongs to it. */
  void manifestText(UnaryOperator<String> change) {
    int last = records.size() - 1;
    byte[] value =
        change
            .apply(new String(records.get(last).value(), StandardCharsets.UTF_8))
            .getBytes(StandardCharsets.UTF_8);
    replaceValue(last, value);
    records
        .get(last)
        .headers()
        .remove(ManifestRecord.SHA256)
        .add(ManifestRecord.SHA256, Sha256.hex(value).getBytes(StandardCharsets.UTF_8));
  }

  void dropHeader() {
    records.get(records.size() - 1).headers().remove(ManifestRecord.SHA256);
  }

  private void replaceValue(int index, byte[] value) {
    ProducerRecord<byte[], byte[]> old = records.get(index);
    records.set(index, new ProducerRecord<>(topic, null, old.key(), value, old.headers()));
  }
}
