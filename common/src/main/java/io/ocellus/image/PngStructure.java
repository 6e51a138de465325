package io.ocellus.image;

import static io.ocellus.image.Structure.require;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.zip.CRC32;
import javax.imageio.IIOException;

/**
 * Checks that a PNG's chunks are complete up to its end and as their checksums say, and takes those
 * that make the picture: header, palette and data, the latter as one chunk. A decoder is slow with
 * a million chunks.
 */
final class PngStructure {
  static final int EXIF = 0x65584966;

  private static final int SIGNATURE = 8;
  private static final int HEADER = 0x49484452;
  private static final int PALETTE = 0x504c5445;
  private static final int DATA = 0x49444154;
  private static final int END = 0x49454e44;
  private static final int HEADER_BYTES = 13;
  private static final int CHUNK_BYTES = 12;
  private static final int MOST_PALETTE = 3 * 256;

  private final byte[] bytes;
  private final ByteBuffer picture;
  private int dataAt = -1;

  private PngStructure(byte[] bytes) {
    this.bytes = bytes;
    this.picture = ByteBuffer.allocate(bytes.length + 2 * CHUNK_BYTES);
  }

  /**
   * One chunk.
   *
   * @param at where its data begins
   */
  record Chunk(int type, int at, int length) {}

  /** The chunks up to the last one that is complete; the end's is not among them. */
  static Iterable<Chunk> chunks(byte[] bytes) {
    return () -> new Chunks(ByteBuffer.wrap(bytes));
  }

  static DecoderInput check(byte[] bytes) throws IIOException {
    return new PngStructure(bytes).picture();
  }

  private DecoderInput picture() throws IIOException {
    picture.put(bytes, 0, SIGNATURE);
    int end = SIGNATURE;
    int pixelBytes = 0;
    for (Chunk chunk : chunks(bytes)) {
      checkSum(chunk);
      end = chunk.at() + chunk.length() + Integer.BYTES;
      if (chunk.type() == HEADER && pixelBytes == 0) {
        require(chunk.length() == HEADER_BYTES, "its header has a wrong length");
        pixelBytes = pixelBytes(chunk.at());
        put(chunk);
      } else if (chunk.type() == PALETTE && dataAt < 0) {
        require(chunk.length() <= MOST_PALETTE, "its palette is too long");
        put(chunk);
      } else if (chunk.type() == DATA) {
        append(chunk);
      }
    }
    checkEnd(end);
    require(pixelBytes > 0 && dataAt >= 0, "there is no picture in it");
    endData();
    put(new Chunk(END, 0, 0));
    return new DecoderInput(Arrays.copyOf(picture.array(), picture.position()), pixelBytes);
  }

  /** Of bit depth and colour type. */
  private int pixelBytes(int header) {
    int depth = bytes[header + 8];
    int samples =
        switch (bytes[header + 9]) {
          case 2 -> 3;
          case 4 -> 2;
          case 6 -> 4;
          default -> 1;
        };
    return samples * (depth > Byte.SIZE ? 2 : 1);
  }

  private void checkSum(Chunk chunk) throws IIOException {
    CRC32 checksum = new CRC32();
    checksum.update(bytes, chunk.at() - Integer.BYTES, Integer.BYTES + chunk.length());
    int stored = ByteBuffer.wrap(bytes).getInt(chunk.at() + chunk.length());
    require(stored == (int) checksum.getValue(), "the checksum of a chunk is wrong");
  }

  /** After the last chunk comes the end's. */
  private void checkEnd(int at) throws IIOException {
    ByteBuffer png = ByteBuffer.wrap(bytes);
    require(
        at + CHUNK_BYTES <= bytes.length && png.getInt(at + Integer.BYTES) == END,
        "the data ends too early");
    checkSum(new Chunk(END, at + 2 * Integer.BYTES, 0));
  }

  private void put(Chunk chunk) {
    picture.putInt(chunk.length()).putInt(chunk.type()).put(bytes, chunk.at(), chunk.length());
    putSum(picture.position() - chunk.length() - Integer.BYTES);
  }

  private void append(Chunk chunk) {
    if (dataAt < 0) {
      dataAt = picture.position();
      picture.putInt(0).putInt(DATA);
    }
    picture.put(bytes, chunk.at(), chunk.length());
  }

  private void endData() {
    int begin = dataAt + 2 * Integer.BYTES;
    picture.putInt(dataAt, picture.position() - begin);
    putSum(begin - Integer.BYTES);
  }

  private void putSum(int from) {
    CRC32 checksum = new CRC32();
    checksum.update(picture.array(), from, picture.position() - from);
    picture.putInt((int) checksum.getValue());
  }

  /** Every step goes on by a chunk's length at least. */
  private static final class Chunks implements Iterator<Chunk> {
    private final ByteBuffer png;
    private int at = SIGNATURE;

    Chunks(ByteBuffer png) {
      this.png = png;
    }

    @Override
    public boolean hasNext() {
      if (at > png.limit() - CHUNK_BYTES) {
        return false;
      }
      int length = png.getInt(at);
      return length >= 0
          && length <= png.limit() - at - CHUNK_BYTES
          && png.getInt(at + Integer.BYTES) != END;
    }

    @Override
    public Chunk next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Chunk chunk =
          new Chunk(png.getInt(at + Integer.BYTES), at + 2 * Integer.BYTES, png.getInt(at));
      at += CHUNK_BYTES + chunk.length();
      return chunk;
    }
  }
}
