package io.ocellus.image.hostile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The first directory of a TIFF and what its entries point at. */
final class TiffParts {
  static final int DIRECTORY = 8;
  static final int BYTE = 1;
  static final int SHORT = 3;
  static final int LONG = 4;
  private static final int[] SIZES = {1, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};
  private static final int ENTRY = 12;

  /** Bytes that entries point at; or offsets of other ones, taken in turn. */
  static final class Blob {
    final byte[] bytes;
    final List<Blob> targets;
    int address;

    Blob(byte[] bytes) {
      this(bytes, List.of());
    }

    /** So many offsets. */
    Blob(int count, List<Blob> targets) {
      this(new byte[4 * count], targets);
    }

    private Blob(byte[] bytes, List<Blob> targets) {
      this.bytes = bytes;
      this.targets = targets;
    }

    byte[] resolved(ByteOrder order) {
      ByteBuffer offsets = ByteBuffer.wrap(bytes).order(order);
      for (int i = 0; !targets.isEmpty() && i < bytes.length / 4; i++) {
        offsets.putInt(targets.get(i % targets.size()).address);
      }
      return bytes;
    }
  }

  /**
   * An entry, written so many times.
   *
   * @param at what it points at, or else null
   * @param inline its value or offset, where it points at no blob
   */
  record Entry(int tag, int type, int count, Blob at, int inline, int times) {
    static Entry of(int tag, int value) {
      return new Entry(tag, LONG, 1, null, value, 1);
    }

    static Entry of(int tag, int type, int count, Blob at) {
      return new Entry(tag, type, count, at, 0, 1);
    }

    Entry times(int wanted) {
      return new Entry(tag, type, count, at, inline, wanted);
    }

    Entry typed(int otherType, int otherCount) {
      return new Entry(tag, otherType, otherCount, at, inline, times);
    }
  }

  final ByteOrder order;
  final List<Entry> entries = new ArrayList<>();
  int next;
  byte[] tail = {};

  TiffParts(ByteOrder order) {
    this.order = order;
  }

  static TiffParts of(byte[] image) {
    ByteOrder order = image[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    TiffParts parts = new TiffParts(order);
    ByteBuffer bytes = ByteBuffer.wrap(image).order(order);
    bytes.position(bytes.getInt(4));
    for (int left = bytes.getShort() & 0xffff; left > 0; left--) {
      int tag = bytes.getShort() & 0xffff;
      int type = bytes.getShort();
      int count = bytes.getInt();
      int value = bytes.getInt();
      int size = count * SIZES[type];
      Blob blob = size <= 4 ? null : new Blob(Arrays.copyOfRange(image, value, value + size));
      parts.entries.add(new Entry(tag, type, count, blob, value, 1));
    }
    parts.point(HostileTiff.STRIP_OFFSETS, HostileTiff.STRIP_BYTES, image);
    parts.point(HostileTiff.TILE_OFFSETS, HostileTiff.TILE_BYTES, image);
    return parts;
  }

  /** Makes offsets of strips or tiles point at what there is, wherever it will be. */
  private void point(int offsetsTag, int lengthsTag, byte[] image) {
    int[] offsets = numbers(offsetsTag);
    int[] lengths = numbers(lengthsTag);
    List<Blob> pieces = new ArrayList<>();
    for (int i = 0; i < Math.min(offsets.length, lengths.length); i++) {
      pieces.add(new Blob(Arrays.copyOfRange(image, offsets[i], offsets[i] + lengths[i])));
    }
    if (!pieces.isEmpty()) {
      Blob at = pieces.size() == 1 ? pieces.get(0) : new Blob(pieces.size(), pieces);
      set(Entry.of(offsetsTag, LONG, pieces.size(), at));
    }
  }

  private int[] numbers(int tag) {
    for (Entry entry : entries) {
      if (entry.tag == tag) {
        int[] numbers = new int[entry.count];
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = number(entry, i);
        }
        return numbers;
      }
    }
    return new int[0];
  }

  private int number(Entry entry, int i) {
    byte[] own = ByteBuffer.allocate(4).order(order).putInt(entry.inline).array();
    ByteBuffer bytes = ByteBuffer.wrap(entry.at == null ? own : entry.at.bytes).order(order);
    return entry.type == SHORT ? bytes.getShort(2 * i) & 0xffff : bytes.getInt(4 * i);
  }

  /** In place of all others with its tag. */
  void set(Entry entry) {
    entries.removeIf(other -> other.tag == entry.tag);
    entries.add(entry);
  }

  byte[] written() {
    int count = entries.stream().mapToInt(Entry::times).sum();
    Set<Blob> blobs = placed(DIRECTORY + 2 + ENTRY * count + 4);
    ByteWriter out = new ByteWriter(order).text(order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM");
    out.u16(42).u32(DIRECTORY).u16(count);
    for (Entry entry : entries) {
      int value = entry.at == null ? entry.inline : entry.at.address;
      byte[] bytes =
          new ByteWriter(order).u16(entry.tag, entry.type).u32(entry.count, value).bytes();
      out.put(bytes, entry.times);
    }
    out.u32(next);
    blobs.forEach(blob -> out.put(blob.resolved(order)));
    return out.put(tail).bytes();
  }

  private Set<Blob> placed(int from) {
    Set<Blob> blobs = new LinkedHashSet<>();
    for (Entry entry : entries) {
      if (entry.at != null) {
        blobs.add(entry.at);
        blobs.addAll(entry.at.targets);
      }
    }
    int address = from;
    for (Blob blob : blobs) {
      blob.address = address;
      address += blob.bytes.length;
    }
    return blobs;
  }
}
