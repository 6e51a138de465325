package io.ocellus.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * State dicts as files in the <a href="https://github.com/huggingface/safetensors">safetensors</a>
 * format: eight bytes of header length, a JSON header, the raw values. Batch norms' counters are
 * 64-bit integers, as PyTorch's {@code load_state_dict} wants them; all else is float32.
 */
public final class Safetensors {
  /** Bytes; a network of a thousand layers has a tenth of it. */
  private static final int NETWORK_HEADER = 4 * 1024 * 1024;

  private Safetensors() {}

  /**
   * Writes the file, over whatever is at that path. The same weights give the same bytes.
   *
   * @throws UncheckedIOException where it cannot be written
   */
  public static void write(StateDict weights, Path file) {
    write(weights, List.of(), file);
  }

  /**
   * The same with the names of the classes that the weights tell apart, in the order of their
   * logits, as a JSON list under {@code classes} of the header's metadata.
   */
  public static void write(StateDict weights, List<String> classes, Path file) {
    List<SafetensorsEntry> layout = SafetensorsHeader.layout(weights);
    byte[] header = SafetensorsHeader.json(layout, classes);
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      writeFully(channel, length.putLong(header.length).flip(), 0);
      writeFully(channel, ByteBuffer.wrap(header), Long.BYTES);
      for (SafetensorsEntry entry : layout) {
        ByteBuffer values = entry.type().encode(weights.get(entry.name()).values());
        writeFully(channel, values, Long.BYTES + header.length + entry.begin());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The weights cannot be written to " + file, e);
    }
  }

  /**
   * Reads a file, whole.
   *
   * @throws MalformedWeightsException where it is not what it says it is; nothing larger than the
   *     file is ever allocated
   * @throws UncheckedIOException where it cannot be read
   */
  public static StateDict read(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      byte[] header = header(channel, file);
      long start = (long) Long.BYTES + header.length;
      Map<String, Tensor> entries = new LinkedHashMap<>();
      for (SafetensorsEntry entry : SafetensorsHeader.parse(header, channel.size() - start, file)) {
        ByteBuffer bytes =
            readFully(channel, start + entry.begin(), Math.toIntExact(entry.length()));
        entries.put(entry.name(), new Tensor(entry.shape(), entry.type().decode(bytes)));
      }
      return new StateDict(entries);
    } catch (IOException e) {
      throw new UncheckedIOException("The weights cannot be read from " + file, e);
    }
  }

  /**
   * How large the weights are; only the header is read.
   *
   * @throws MalformedWeightsException where it is no such file, or has more tensors than a network
   * @throws UncheckedIOException where it cannot be read
   */
  static WeightsSize size(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long length = headerLength(channel, file);
      if (length > NETWORK_HEADER) {
        throw new MalformedWeightsException(
            file, "its header of %d bytes is larger than that of any network".formatted(length));
      }
      long data = channel.size() - Long.BYTES - length;
      return WeightsSize.of(SafetensorsHeader.parse(header(channel, file), data, file));
    } catch (IOException e) {
      throw new UncheckedIOException("The weights cannot be read from " + file, e);
    }
  }

  /**
   * The names of the classes, in the order of the logits; empty where the file does not tell.
   *
   * @throws MalformedWeightsException where it is no such file
   * @throws UncheckedIOException where it cannot be read
   */
  public static List<String> classes(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return SafetensorsHeader.classes(header(channel, file), file);
    } catch (IOException e) {
      throw new UncheckedIOException("The weights cannot be read from " + file, e);
    }
  }

  private static byte[] header(FileChannel channel, Path file) throws IOException {
    byte[] header = new byte[(int) headerLength(channel, file)];
    readFully(channel, Long.BYTES, header.length).get(header);
    return header;
  }

  private static long headerLength(FileChannel channel, Path file) throws IOException {
    long size = channel.size();
    if (size < Long.BYTES) {
      throw new MalformedWeightsException(file, "it has %d bytes".formatted(size));
    }
    long length = readFully(channel, 0, Long.BYTES).getLong();
    if (length < 2 || length > size - Long.BYTES || length > SafetensorsHeader.LIMIT) {
      throw new MalformedWeightsException(
          file, "its %d bytes cannot hold a header of %d".formatted(size, length));
    }
    return length;
  }

  private static ByteBuffer readFully(FileChannel channel, long position, int length)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new IOException("the file became shorter while it was read");
      }
    }
    return buffer.flip();
  }

  private static void writeFully(FileChannel channel, ByteBuffer buffer, long position)
      throws IOException {
    long at = position;
    while (buffer.hasRemaining()) {
      at += channel.write(buffer, at);
    }
  }
}
