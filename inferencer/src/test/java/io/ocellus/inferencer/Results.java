package io.ocellus.inferencer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocellus.inferencer.Classification.Source;
import io.ocellus.service.Json;
import io.ocellus.topic.EventHeaders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What came out, and the guarantees that it must keep. */
record Results(List<Classification> classifications, List<Source> dead) {
  static Results of(Stream stream) {
    return new Results(
        stream.read(stream.topics().classifications()).stream().map(Results::parse).toList(),
        stream.read(stream.topics().imagesDead()).stream().map(Results::source).toList());
  }

  int size() {
    return classifications.size() + dead.size();
  }

  /** Images without an outcome. */
  int lost(int sent) {
    return sent - sources().size();
  }

  /** Outcomes of images that had one already. */
  int doubled() {
    return size() - sources().size();
  }

  /** Results that came after one of a later image of their device, those of doubled images too. */
  int reordered() {
    Map<String, Long> last = new HashMap<>();
    int reordered = 0;
    for (Classification c : classifications) {
      long before = last.getOrDefault(c.device(), -1L);
      reordered += c.source().offset() < before ? 1 : 0;
      last.put(c.device(), Math.max(before, c.source().offset()));
    }
    return reordered;
  }

  /** Every image that was sent has an outcome. */
  void assertNoneLost(int sent) {
    assertThat(sources()).hasSize(sent);
  }

  /** Every image has one outcome, and those of a device are in its order. */
  void assertExactlyOnceInOrder(int sent) {
    assertNoneLost(sent);
    assertThat(size()).as("outcomes, of which none twice").isEqualTo(sent);
    Map<String, Long> last = new HashMap<>();
    for (Classification c : classifications) {
      Long before = last.put(c.device(), c.source().offset());
      assertThat(before == null ? -1 : before)
          .as("offset before %s of %s", c.source(), c.device())
          .isLessThan(c.source().offset());
    }
  }

  private Set<Source> sources() {
    Set<Source> sources = new HashSet<>(dead);
    classifications.forEach(c -> sources.add(c.source()));
    return sources;
  }

  List<Integer> versions() {
    List<Integer> versions = new ArrayList<>();
    classifications.forEach(c -> versions.add(c.version()));
    return versions;
  }

  static Classification parse(ConsumerRecord<byte[], byte[]> record) {
    try {
      return Json.MAPPER.readValue(record.value(), Classification.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Source source(ConsumerRecord<byte[], byte[]> letter) {
    return new Source(
        EventHeaders.text(letter.headers(), EventHeaders.SOURCE_TOPIC).orElseThrow(),
        Integer.parseInt(
            EventHeaders.text(letter.headers(), EventHeaders.SOURCE_PARTITION).orElseThrow()),
        Long.parseLong(
            EventHeaders.text(letter.headers(), EventHeaders.SOURCE_OFFSET).orElseThrow()));
  }
}
