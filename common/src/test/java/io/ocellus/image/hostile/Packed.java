package io.ocellus.image.hostile;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.Adler32;
import java.util.zip.Deflater;

/** Much of the same in few bytes, by each way of compression that formats have. */
final class Packed {
  private static final int PIECE = 1 << 20;

  /** Modulus of the checksum. */
  private static final int ADLER = 65_521;

  private static final int LZW_BITS = 12;

  private Packed() {}

  /** A zlib stream of rows, each with its filter byte before zeros; zero in very long ones. */
  static byte[] rows(long count, long length, int filter) {
    if (filter == 0 || length > PIECE) {
      return zeros(count * length);
    }
    int together = (int) Math.min(count, PIECE / length);
    byte[] unit = new byte[(int) (together * length)];
    for (int i = 0; i < together; i++) {
      unit[(int) (i * length)] = (byte) filter;
    }
    byte[] rest = Arrays.copyOf(unit, (int) (count % together * length));
    Adler32 checksum = new Adler32();
    for (long i = 0; i < count / together; i++) {
      checksum.update(unit);
    }
    checksum.update(rest);
    return zlib(unit, count / together, rest, (int) checksum.getValue());
  }

  /** A zlib stream of zeros. */
  static byte[] zeros(long count) {
    byte[] rest = new byte[(int) (count % PIECE)];
    int checksum = (int) (count % ADLER << 16 | 1);
    return zlib(new byte[PIECE], count / PIECE, rest, checksum);
  }

  /** The unit is compressed once, whatever it is that often. */
  private static byte[] zlib(byte[] unit, long times, byte[] rest, int checksum) {
    return ByteWriter.bigEndian()
        .u8(0x78, 1)
        .put(block(unit), (int) times)
        .put(block(rest))
        .u8(3, 0)
        .u32(checksum)
        .bytes();
  }

  /** Refers to nothing before it, ends at a byte and is not the last one. */
  private static byte[] block(byte[] bytes) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    deflater.setInput(bytes);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 16];
    int length;
    while ((length = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH)) > 0) {
      out.write(buffer, 0, length);
    }
    deflater.end();
    return out.toByteArray();
  }

  /** GIF's LZW of so many pixels of the first colour, of four: strings as long as they get. */
  static byte[] lzw(long pixels) {
    int clear = 4;
    BitWriter bits = new BitWriter().put(clear, 3).put(0, 3);
    int size = 3;
    int next = clear + 2;
    int longest = 1;
    long left = pixels - 1;
    while (left > 0) {
      boolean full = next == 1 << LZW_BITS;
      int length = (int) Math.min(left, full ? longest : longest + 1);
      bits.put(length == 1 ? 0 : clear + length, size);
      left -= length;
      longest = Math.max(longest, length);
      if (!full && ++next == 1 << size && size < LZW_BITS) {
        size++;
      }
    }
    return bits.put(clear + 1, size).bytes();
  }

  /** LZW that clears its table again and again. */
  static byte[] lzwClears(int bytes) {
    byte[] cleared = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      cleared[i] = new byte[] {0x24, (byte) 0x49, (byte) 0x92}[i % 3];
    }
    return cleared;
  }

  /** PackBits of zeros. */
  static byte[] packBits(long count) {
    byte[] runs = new byte[(int) ((count + 127) / 128) * 2];
    for (int i = 0; i < runs.length; i += 2) {
      runs[i] = (byte) (1 - 128);
    }
    return runs;
  }

  /** TIFF's LZW, the highest bit first, of zeros: the table is cleared before it is full. */
  static byte[] tiffLzw(long count) {
    MsbBits bits = new MsbBits();
    long left = count;
    while (left > 0) {
      bits.put(256, 9);
      bits.put(0, 9);
      left--;
      int size = 9;
      for (int next = 258, length = 2; left >= length && next < 4093; next++, length++) {
        bits.put(next, size);
        left -= length;
        size = next + 2 >= 2047 ? 12 : next + 2 >= 1023 ? 11 : next + 2 >= 511 ? 10 : 9;
      }
    }
    bits.put(257, 9);
    return bits.bytes();
  }

  private static final class MsbBits {
    private byte[] bytes = new byte[64];
    private long at;

    void put(int value, int count) {
      for (int i = count - 1; i >= 0; i--, at++) {
        int index = (int) (at >> 3);
        if (index == bytes.length) {
          bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        bytes[index] |= (byte) ((value >> i & 1) << (7 - (at & 7)));
      }
    }

    byte[] bytes() {
      return Arrays.copyOf(bytes, (int) ((at + 7) >> 3));
    }
  }
}
