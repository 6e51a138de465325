package io.ocellus.inferencer.classify;

import io.ocellus.inferencer.Classification.Source;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Envelopes as bytes: a format number, fixed fields, then key, value and headers, each with its
 * length before it and -1 where it is missing.
 */
final class EnvelopeSerde implements Serde<Envelope> {
  private static final byte FORMAT = 1;
  private static final int MISSING = -1;
  private static final int FIXED_FIELDS = 128;

  @Override
  public Serializer<Envelope> serializer() {
    return (topic, envelope) -> envelope == null ? null : write(envelope);
  }

  @Override
  public Deserializer<Envelope> deserializer() {
    return (topic, bytes) -> bytes == null ? null : read(bytes);
  }

  private static byte[] write(Envelope envelope) {
    ImageEvent event = envelope.event();
    int image = event.value() == null ? 0 : event.value().length;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(image + FIXED_FIELDS);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      out.writeLong(envelope.sequence());
      out.writeUTF(event.source().topic());
      out.writeInt(event.source().partition());
      out.writeLong(event.source().offset());
      out.writeLong(event.timestamp());
      write(out, event.key());
      write(out, event.value());
      write(out, event.headers().toArray());
    } catch (IOException e) {
      throw new UncheckedIOException("Bytes cannot be written to memory", e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, Header[] headers) throws IOException {
    out.writeInt(headers.length);
    for (Header header : headers) {
      write(out, header.key().getBytes(StandardCharsets.UTF_8));
      write(out, header.value());
    }
  }

  private static void write(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
    out.writeInt(bytes == null ? MISSING : bytes.length);
    if (bytes != null) {
      out.write(bytes);
    }
  }

  private static Envelope read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      byte format = in.readByte();
      if (format != FORMAT) {
        throw new SerializationException(
            "An image in flight is stored in format %d; this version reads format %d"
                .formatted(format, FORMAT));
      }
      long sequence = in.readLong();
      Source source = new Source(in.readUTF(), in.readInt(), in.readLong());
      return new Envelope(
          sequence,
          new ImageEvent(source, in.readLong(), readBytes(in), readBytes(in), readHeaders(in)));
    } catch (IOException e) {
      throw new SerializationException("An image in flight is stored incompletely", e);
    }
  }

  private static Headers readHeaders(DataInputStream in) throws IOException {
    Headers headers = new RecordHeaders();
    for (int left = in.readInt(); left > 0; left--) {
      byte[] name = readBytes(in);
      if (name == null) {
        throw new IOException("A header without a name");
      }
      headers.add(new String(name, StandardCharsets.UTF_8), readBytes(in));
    }
    return headers;
  }

  private static byte @Nullable [] readBytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length == MISSING) {
      return null;
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }
}
