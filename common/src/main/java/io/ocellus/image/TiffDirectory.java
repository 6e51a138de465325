package io.ocellus.image;

import static io.ocellus.image.Structure.require;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;
import javax.imageio.IIOException;

/**
 * The first directory of a TIFF or BigTIFF, or of the EXIF block of another format, which is one.
 * Believes nothing: each value lies within the data, no tag is there twice, and all values together
 * are no longer than the data. Takes no memory for values.
 */
final class TiffDirectory {
  private static final int[] TYPE_SIZES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};
  private static final int BYTE = 1;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int LONG8 = 16;
  private static final int BIG = 43;
  private static final int BIG_OFFSET = 8;

  /** What a LONG can hold, and no file within the limits exceeds. */
  private static final long MOST = 0xffff_ffffL;

  private final ByteBuffer file;

  /** Whether offsets and counts have eight bytes: BigTIFF. */
  private final boolean big;

  private final TreeMap<Integer, Entry> entries = new TreeMap<>();
  private int end;

  private TiffDirectory(ByteBuffer file) {
    this.file = file;
    this.big = file.getShort(2) == BIG;
  }

  /**
   * One tag and where its values are.
   *
   * @param start where the first value begins
   */
  record Entry(int tag, int type, int count, int start) {
    int bytes() {
      return type < TYPE_SIZES.length ? count * TYPE_SIZES[type] : 0;
    }
  }

  /**
   * Reads it.
   *
   * @param file from its byte order mark on
   */
  static TiffDirectory read(ByteBuffer file) throws IIOException {
    ByteBuffer ordered =
        file.slice().order(file.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    TiffDirectory directory = new TiffDirectory(ordered);
    directory.readEntries();
    return directory;
  }

  /** Where its last entry ends. */
  int end() {
    return end;
  }

  ByteOrder order() {
    return file.order();
  }

  /** All of it, by ascending tags. */
  Collection<Entry> entries() {
    return entries.values();
  }

  Optional<Entry> entry(int tag) {
    return Optional.ofNullable(entries.get(tag));
  }

  /** The first whole number of a tag. */
  long number(int tag, long otherwise) throws IIOException {
    Entry entry = entries.get(tag);
    return entry == null ? otherwise : number(entry, 0);
  }

  /** How many values a tag has; 0 where it is missing. */
  int count(int tag) {
    return entry(tag).map(Entry::count).orElse(0);
  }

  /** One whole number of several. */
  long number(Entry entry, int index) throws IIOException {
    require(index < entry.count(), "a number is missing");
    return switch (entry.type()) {
      case BYTE -> file.get(entry.start() + index) & 0xff;
      case SHORT -> file.getShort(entry.start() + 2 * index) & 0xffff;
      case LONG -> Integer.toUnsignedLong(file.getInt(entry.start() + 4 * index));
      case LONG8 -> {
        long number = file.getLong(entry.start() + 8 * index);
        require(number >= 0 && number <= MOST, "a number is too large");
        yield number;
      }
      default -> throw new IIOException("a number has another type");
    };
  }

  private void readEntries() throws IIOException {
    long begin = big ? file.getLong(BIG_OFFSET) : Integer.toUnsignedLong(file.getInt(4));
    require(begin >= 0 && begin <= file.limit(), "the data ends too early");
    file.position((int) begin);
    long claimed = 0;
    for (long left = big ? file.getLong() : file.getShort() & 0xffff; left != 0; left--) {
      Entry entry = readEntry();
      claimed += entry.bytes();
      require(claimed <= file.limit(), "the data ends too early");
      require(entries.put(entry.tag(), entry) == null, "a tag is repeated");
    }
    end = file.position();
  }

  private Entry readEntry() throws IIOException {
    int tag = file.getShort() & 0xffff;
    int type = file.getShort() & 0xffff;
    long count = offset();
    require(count >= 0 && count <= Integer.MAX_VALUE, "too many values");
    long size = type < TYPE_SIZES.length ? count * TYPE_SIZES[type] : 0;
    int here = file.position();
    long there = offset();
    long start = size <= file.position() - here ? here : there;
    require(start >= 0 && start + size <= file.limit(), "the data ends too early");
    return new Entry(tag, type, (int) count, (int) start);
  }

  private long offset() {
    return big ? file.getLong() : Integer.toUnsignedLong(file.getInt());
  }
}
