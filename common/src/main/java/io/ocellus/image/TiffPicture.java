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
 * a value of one byte becomes one of eight there.
 */
final class TiffPicture {
  private static final int ENTRY_BYTES = 12;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int INLINE = 4;

  /** Tags of one whole number: size, layout, colours, compression and its options. */
  private static final Set<Integer> NUMBERS =
      Set.of(256, 257, 259, 262, 266, 277, 278, 284, 292, 293, 317, 322, 323, 332, 531);

  /** Tags of offsets and lengths, which must be SHORT or LONG. */
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
    ByteBuffer picture =
        ByteBuffer.allocate(begin + Short.BYTES + ENTRY_BYTES * kept.size() + Integer.BYTES)
            .order(directory.order())
            .put(file);
    picture.putInt(4, begin).position(begin).putShort((short) kept.size());
    for (TiffDirectory.Entry entry : kept) {
      check(entry);
      copy(entry, picture);
    }
    return picture.putInt(0).array();
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
        !OFFSETS.contains(entry.tag()) || entry.type() == SHORT || entry.type() == LONG,
        "a number has another type");
  }

  private void copy(TiffDirectory.Entry entry, ByteBuffer picture) {
    picture.putShort((short) entry.tag()).putShort((short) entry.type()).putInt(entry.count());
    if (entry.bytes() > INLINE) {
      picture.putInt(entry.start());
    } else {
      picture.put(file, entry.start(), INLINE);
    }
  }
}
