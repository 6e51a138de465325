package io.ocellus.inferencer.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocellus.inferencer.Classification.Source;
import java.util.Arrays;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class EnvelopeSerdeTest {
  private final EnvelopeSerde serde = new EnvelopeSerde();

  @Test
  void anEnvelopeComesBackAsItWas() {
    Headers headers = new RecordHeaders();
    headers.add("ce_id", new byte[] {1, 2}).add("ce_id", new byte[0]).add("größe", null);
    Envelope envelope =
        new Envelope(
            42,
            new ImageEvent(
                new Source("ocellus.images", 3, 1L << 40),
                99,
                new byte[] {1},
                new byte[] {2, 3},
                headers));
    Envelope back = roundTrip(envelope);
    assertThat(back.sequence()).isEqualTo(42);
    assertThat(back.event().source()).isEqualTo(envelope.event().source());
    assertThat(back.event().timestamp()).isEqualTo(99);
    assertThat(back.event().key()).containsExactly(1);
    assertThat(back.event().value()).containsExactly(2, 3);
    assertThat(back.event().headers()).isEqualTo(headers);
  }

  @Test
  void missingKeysAndValuesStayMissing() {
    Envelope back =
        roundTrip(
            new Envelope(
                0, new ImageEvent(new Source("t", 0, 0), 0, null, null, new RecordHeaders())));
    assertThat(back.event().key()).isNull();
    assertThat(back.event().value()).isNull();
    assertThat(serde.serializer().serialize("t", null)).isNull();
    assertThat(serde.deserializer().deserialize("t", (byte[]) null)).isNull();
  }

  @Test
  void anotherFormatAndTruncationAreSaidSo() {
    byte[] bytes = serde.serializer().serialize("t", new Envelope(0, Fixtures.event(1)));
    byte[] half = Arrays.copyOf(bytes, bytes.length / 2);
    assertThatThrownBy(() -> serde.deserializer().deserialize("t", half))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("incompletely");
    bytes[0] = 9;
    assertThatThrownBy(() -> serde.deserializer().deserialize("t", bytes))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("format 9");
  }

  private Envelope roundTrip(Envelope envelope) {
    return serde.deserializer().deserialize("t", serde.serializer().serialize("t", envelope));
  }
}
