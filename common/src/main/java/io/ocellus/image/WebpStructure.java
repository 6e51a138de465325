package io.ocellus.image;

import static io.ocellus.image.Structure.require;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.IIOException;

/**
 * Finds the first picture of a WebP (<a href="https://www.rfc-editor.org/rfc/rfc9649">RFC
 * 9649</a>), still or animated, and makes a still image of it alone. The file must be as long as it
 * says, and picture and frame as large as they are announced: decoders believe either.
 */
final class WebpStructure {
  private static final int LENGTH = 4;
  private static final int CHUNKS = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int CANVAS = CHUNKS + CHUNK_HEADER + 4;
  private static final int FRAME_HEADER = 16;
  private static final int RIFF = 0x46464952;
  private static final int WEBP = 0x50424557;
  private static final int EXTENDED = 0x58385056; // VP8X
  private static final int EXTENDED_BYTES = 10;
  private static final int FRAME = 0x464d4e41; // ANMF
  private static final int ALPHA = 0x48504c41; // ALPH
  private static final int LOSSY = 0x20385056; // VP8 and a space
  private static final int LOSSLESS = 0x4c385056; // VP8L
  private static final byte ALPHA_FLAG = 0x10;
  private static final int BLACK = 0;
  private static final int MOST_CHUNKS = 1000;
  private static final int FOURTEEN_BITS = 0x3fff;
  private static final int TWENTY_FOUR_BITS = 0xffffff;

  private final ByteBuffer webp;
  private final long end;
  private Optional<Chunk> alpha = Optional.empty();
  private int chunks;

  private WebpStructure(byte[] bytes) throws IIOException {
    webp = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    end = CHUNK_HEADER + Integer.toUnsignedLong(webp.getInt(LENGTH));
    require(end <= bytes.length, "the data ends too early");
  }

  private record Size(int width, int height) {}

  /**
   * One chunk.
   *
   * @param at where its content begins
   */
  private record Chunk(int type, int at, int length) {}

  /**
   * The first picture and where it lies on its canvas.
   *
   * @param still a WebP of this picture alone
   * @param width of the picture
   * @param height of the picture
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Picture(byte[] still, int width, int height, Canvas canvas) {}

  static Picture firstPicture(byte[] bytes) throws IIOException {
    WebpStructure structure = new WebpStructure(bytes);
    boolean extended = structure.webp.getInt(CHUNKS) == EXTENDED;
    Optional<Size> canvas = extended ? Optional.of(structure.size(CANVAS)) : Optional.empty();
    return structure.firstPicture(CHUNKS, structure.end, canvas);
  }

  private Picture firstPicture(long from, long to, Optional<Size> canvas) throws IIOException {
    for (long at = from; at + CHUNK_HEADER <= to; ) {
      require(++chunks <= MOST_CHUNKS, "too many chunks before its picture");
      Chunk chunk = chunk((int) at);
      require(at + CHUNK_HEADER + chunk.length() <= to, "the data ends too early");
      switch (chunk.type()) {
        case LOSSY, LOSSLESS -> {
          return still(chunk, canvas);
        }
        case FRAME -> {
          return frame(chunk, canvas.orElseThrow(() -> new IIOException("a frame without canvas")));
        }
        case ALPHA -> alpha = Optional.of(chunk);
        default -> {}
      }
      at += CHUNK_HEADER + (long) chunk.length() + (chunk.length() & 1);
    }
    throw new IIOException("there is no picture in it");
  }

  private Chunk chunk(int at) throws IIOException {
    int length = webp.getInt(at + LENGTH);
    require(length >= 0, "the data ends too early");
    return new Chunk(webp.getInt(at), at + CHUNK_HEADER, length);
  }

  private Picture still(Chunk data, Optional<Size> canvas) throws IIOException {
    Size size = pictureSize(data);
    require(canvas.isEmpty() || canvas.get().equals(size), "a picture of another size");
    Canvas own = new Canvas(size.width(), size.height(), 0, 0, BLACK);
    return new Picture(alone(data, size), size.width(), size.height(), own);
  }

  /** Within a frame there is a picture and no other frame. */
  private Picture frame(Chunk frame, Size canvas) throws IIOException {
    require(frame.length() >= FRAME_HEADER, "the data ends too early");
    int x = 2 * number(frame.at());
    int y = 2 * number(frame.at() + 3);
    Size size = size(frame.at() + 6);
    require(
        x + size.width() <= canvas.width() && y + size.height() <= canvas.height(),
        "a frame beyond the canvas");
    alpha = Optional.empty();
    long frameEnd = frame.at() + (long) frame.length();
    int at = frame.at() + FRAME_HEADER;
    require(at + CHUNK_HEADER <= frameEnd, "the data ends too early");
    require(webp.getInt(at) != FRAME, "a frame within a frame");
    Picture picture = firstPicture(at, frameEnd, Optional.of(size));
    return new Picture(
        picture.still(),
        size.width(),
        size.height(),
        new Canvas(canvas.width(), canvas.height(), x, y, BLACK));
  }

  /** A file of that picture, extended where it has transparency beside its colours. */
  private byte[] alone(Chunk data, Size size) {
    int extra =
        alpha.map(chunk -> chunk.length() + 2 * CHUNK_HEADER + EXTENDED_BYTES + 1).orElse(0);
    ByteBuffer file =
        ByteBuffer.allocate(CHUNKS + extra + CHUNK_HEADER + data.length() + (data.length() & 1))
            .order(ByteOrder.LITTLE_ENDIAN);
    file.putInt(RIFF).putInt(0).putInt(WEBP);
    alpha.ifPresent(
        chunk -> {
          file.putInt(EXTENDED).putInt(EXTENDED_BYTES).putInt(ALPHA_FLAG);
          putNumber(file, size.width() - 1);
          putNumber(file, size.height() - 1);
          put(file, chunk);
        });
    put(file, data);
    file.putInt(LENGTH, file.position() - CHUNK_HEADER);
    return Arrays.copyOf(file.array(), file.position());
  }

  private void put(ByteBuffer file, Chunk chunk) {
    file.putInt(chunk.type()).putInt(chunk.length());
    file.put(webp.slice(chunk.at(), chunk.length()));
    if ((chunk.length() & 1) == 1) {
      file.put((byte) 0);
    }
  }

  private static void putNumber(ByteBuffer file, int number) {
    file.put((byte) number).put((byte) (number >> 8)).put((byte) (number >> 16));
  }

  private Size pictureSize(Chunk data) {
    return data.type() == LOSSY ? lossy(data.at()) : lossless(data.at());
  }

  private Size lossy(int at) {
    return new Size(webp.getShort(at + 6) & FOURTEEN_BITS, webp.getShort(at + 8) & FOURTEEN_BITS);
  }

  private Size lossless(int at) {
    int bits = webp.getInt(at + 1);
    return new Size(1 + (bits & FOURTEEN_BITS), 1 + (bits >> 14 & FOURTEEN_BITS));
  }

  /** Width and height, each less one and in three bytes. */
  private Size size(int at) {
    return new Size(1 + number(at), 1 + number(at + 3));
  }

  private int number(int at) {
    return webp.getInt(at) & TWENTY_FOUR_BITS;
  }
}
