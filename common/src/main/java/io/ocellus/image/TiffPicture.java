package io.ocellus.image;

import static io.ocellus.image.Structure.require;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.IIOException;

/**
 * A TIFF with one directory, which has the tags that the picture needs and no others: no colour
 * profile, no texts, no further directories. The decoder would read all there are into memory, and
 * a value of one byte becomes one of eight there. A BigTIFF becomes a TIFF, whose offsets reach as
 * far as any file within the limits.
 */
final class TiffPicture {
  private static final int ENTRY_BYTES = 12;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int LONG8 = 16;
  private static final int INLINE = 4;
  private static final short VERSION = 42;
  private static final int COLOURS = 262;

  /** Tags of one whole number: size, layout, colours, compression and its options. */
  private static final Set<Integer> NUMBERS =
      Set.of(256, 257, 259, 262, 266, 277, 278, 284, 292, 293, 317, 322, 323, 332, 531);

  /** Tags of offsets and lengths, which must be SHORT, LONG or LONG8. */
  private static final Set<Integer> OFFSETS = Set.of(273, 279, 324, 325);

  /** Tags that are taken as they are, and how many values they may have. */
  private static final Map<Integer, Integer> OTHERS =
      Map.of(
          258, 128, // bits of each sample
          338, 128, // meaning of extra samples
          339, 128, // format of each sample
          320, 3 << 16, // palette
          347, 1 << 16, // tables of JPEGs
          529, 3, // coefficients of YCbCr
          530, 2, // subsampling of YCbCr
          532, 6); // black and white

  private final byte[] file;
  private final TiffDirectory directory;

  private TiffPicture(byte[] file, TiffDirectory directory) {
    this.file = file;
    this.directory = directory;
  }

  /** The file with a new directory at its end. */
  static byte[] of(byte[] file, TiffDirectory directory) throws IIOException {
    return new TiffPicture(file, directory).written();
  }

  private byte[] written() throws IIOException {
    List<TiffDirectory.Entry> kept =
        directory.entries().stream().filter(entry -> isKept(entry.tag())).toList();
    int begin = file.length + (file.length & 1);
    int values = begin + Short.BYTES + ENTRY_BYTES * kept.size() + Integer.BYTES;
    ByteBuffer picture = ByteBuffer.allocate(values + longs(kept)).order(directory.order());
    picture.put(file).putShort(2, VERSION).putInt(4, begin);
    picture.position(begin).putShort((short) kept.size());
    for (TiffDirectory.Entry entry : kept) {
      check(entry);
      if (entry.type() == LONG8) {
        values = copyLongs(entry, picture, values);
      } else {
        copy(entry, picture);
      }
    }
    picture.putInt(0);
    return picture.array();
  }

  /** Bytes of those values that a TIFF has in four bytes each, and a BigTIFF in eight. */
  private static int longs(List<TiffDirectory.Entry> entries) {
    return entries.stream()
        .filter(entry -> entry.type() == LONG8)
        .mapToInt(entry -> entry.count() * Integer.BYTES)
        .sum();
  }

  private static boolean isKept(int tag) {
    return NUMBERS.contains(tag) || OFFSETS.contains(tag) || OTHERS.containsKey(tag);
  }

  private static void check(TiffDirectory.Entry entry) throws IIOException {
    int most =
        NUMBERS.contains(entry.tag()) ? 1 : OTHERS.getOrDefault(entry.tag(), Integer.MAX_VALUE);
    require(entry.count() > 0, "a number is missing");
    require(entry.count() <= most, "a tag has too many values");
    require(
        !OFFSETS.contains(entry.tag())
            || entry.type() == SHORT
            || entry.type() == LONG
            || entry.type() == LONG8,
        "a number has another type");
  }

  private void copy(TiffDirectory.Entry entry, ByteBuffer picture) throws IIOException {
    if (entry.tag() == COLOURS) {
      short colours = (short) TiffColours.forDecoder(directory.number(entry, 0));
      picture.putShort((short) COLOURS).putShort((short) SHORT).putInt(1);
      picture.putShort(colours).putShort((short) 0);
      return;
    }
    picture.putShort((short) entry.tag()).putShort((short) entry.type()).putInt(entry.count());
    if (entry.bytes() > INLINE) {
      picture.putInt(entry.start());
    } else {
      picture.put(file, entry.start(), INLINE);
    }
  }

  /**
   * @return where the next values go
   */
  private int copyLongs(TiffDirectory.Entry entry, ByteBuffer picture, int to) throws IIOException {
    picture.putShort((short) entry.tag()).putShort((short) LONG).putInt(entry.count());
    if (entry.count() == 1) {
      picture.putInt((int) directory.number(entry, 0));
      return to;
    }
    picture.putInt(to);
    for (int i = 0; i < entry.count(); i++) {
      picture.putInt(to + i * Integer.BYTES, (int) directory.number(entry, i));
    }
    return to + entry.count() * Integer.BYTES;
  }
}
