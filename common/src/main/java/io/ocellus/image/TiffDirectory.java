package io.ocellus.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.imageio.IIOException;

/**
 * The whole numbers in the first directory of a TIFF, or of the EXIF block of another format, which
 * is one. Believes nothing: what points outside of the data is refused.
 */
final class TiffDirectory {
  private static final int[] TYPE_SIZES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};
  private static final int BYTE = 1;
  private static final int SHORT = 3;
  private static final int LONG = 4;

  private final ByteBuffer file;
  private final Map<Integer, long[]> values = new HashMap<>();

  private TiffDirectory(ByteBuffer file) {
    this.file = file;
  }

  /**
   * Reads it.
   *
   * @param file from its byte order mark on
   * @param tags to read; others are only checked to lie within the file
   */
  static TiffDirectory read(ByteBuffer file, Set<Integer> tags) throws IIOException {
    ByteBuffer ordered =
        file.slice().order(file.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    TiffDirectory directory = new TiffDirectory(ordered);
    directory.readEntries(tags);
    return directory;
  }

  /** The values of a tag; none where it is missing. */
  long[] numbers(int tag) {
    return values.getOrDefault(tag, new long[0]);
  }

  /** The first value of a tag. */
  long number(int tag, long otherwise) {
    long[] numbers = numbers(tag);
    return numbers.length == 0 ? otherwise : numbers[0];
  }

  private void readEntries(Set<Integer> tags) throws IIOException {
    file.position(file.getInt(4));
    for (int entries = file.getShort() & 0xffff; entries > 0; entries--) {
      int tag = file.getShort() & 0xffff;
      int type = file.getShort() & 0xffff;
      long count = Integer.toUnsignedLong(file.getInt());
      int next = file.position() + 4;
      long size = type < TYPE_SIZES.length ? count * TYPE_SIZES[type] : 0;
      long start = size <= 4 ? file.position() : Integer.toUnsignedLong(file.getInt());
      require(start + size <= file.limit(), "the data ends too early");
      if (tags.contains(tag)) {
        require(type == BYTE || type == SHORT || type == LONG, "a number has another type");
        require(count > 0, "a number is missing");
        require(values.put(tag, read(type, (int) start, (int) count)) == null, "a tag is repeated");
      }
      file.position(next);
    }
  }

  private long[] read(int type, int start, int count) {
    long[] numbers = new long[count];
    for (int i = 0; i < count; i++) {
      numbers[i] =
          switch (type) {
            case BYTE -> file.get(start + i) & 0xff;
            case SHORT -> file.getShort(start + 2 * i) & 0xffff;
            default -> Integer.toUnsignedLong(file.getInt(start + 4 * i));
          };
    }
    return numbers;
  }

  static void require(boolean condition, String otherwise) throws IIOException {
    if (!condition) {
      throw new IIOException(otherwise);
    }
  }
}
