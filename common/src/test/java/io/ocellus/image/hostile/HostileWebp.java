package io.ocellus.image.hostile;

import io.ocellus.image.hostile.Dice.Sides;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** WebP: RIFF chunks, of which a frame's hold chunks themselves. */
final class HostileWebp implements HostileFormat<HostileWebp.Parts> {
  private static final int RIFF_HEADER = 12;
  private static final int LONGEST_SIDE = 16_383;
  private static final String[] TYPES = {
    "VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP", "EXIF", "XMP ", "abcd"
  };
  private static final int FRAME_HEADER = 16;
  private static final int CHUNK_HEADER = 8;

  /** One chunk, written so many times, with a length that may be another than it has. */
  @SuppressWarnings("ArrayRecordComponent")
  record Chunk(String type, byte[] content, int times, int length) {
    Chunk(String type, byte[] content) {
      this(type, content, 1, content.length);
    }

    Chunk times(int wanted) {
      return new Chunk(type, content, wanted, length);
    }
  }

  static final class Parts {
    final List<Chunk> chunks = new ArrayList<>();
    byte[] tail = {};
  }

  @Override
  public String name() {
    return "webp";
  }

  @Override
  public boolean accepts(byte[] image) {
    return image[0] == 'R' && image[1] == 'I';
  }

  @Override
  public Parts parsed(byte[] image) {
    Parts parts = new Parts();
    ByteBuffer bytes = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN).position(RIFF_HEADER);
    while (bytes.remaining() >= CHUNK_HEADER) {
      byte[] type = new byte[4];
      bytes.get(type);
      byte[] content = new byte[bytes.getInt()];
      bytes.get(content);
      parts.chunks.add(new Chunk(new String(type, StandardCharsets.ISO_8859_1), content));
      bytes.position(Math.min(bytes.limit(), bytes.position() + content.length % 2));
    }
    return parts;
  }

  @Override
  public List<Operator<Parts>> operators() {
    return List.of(
        new Operator<>("repeated chunk", HostileWebp::repeat),
        new Operator<>("added chunk", HostileWebp::add),
        new Operator<>("many small chunks", HostileWebp::addMany),
        new Operator<>("nested frames", HostileWebp::nest),
        new Operator<>("flat lossless picture", HostileWebp::lossless),
        new Operator<>("flat picture in a frame or canvas", HostileWebp::extended),
        new Operator<>("lossy picture of filler", HostileWebp::lossy),
        new Operator<>("compressed alpha", HostileWebp::alpha),
        new Operator<>("number in a chunk", HostileWebp::number),
        new Operator<>("wrong length", HostileWebp::length),
        new Operator<>("EXIF", HostileWebp::exif),
        new Operator<>("bytes behind the end", HostileWebp::tail));
  }

  @Override
  public byte[] written(Parts parts) {
    ByteWriter chunks = ByteWriter.littleEndian();
    parts.chunks.forEach(chunk -> chunks.put(written(chunk), chunk.times));
    byte[] content = chunks.bytes();
    return ByteWriter.littleEndian()
        .text("RIFF")
        .u32(4 + content.length)
        .text("WEBP")
        .put(content)
        .put(parts.tail)
        .bytes();
  }

  private static byte[] written(Chunk chunk) {
    return ByteWriter.littleEndian()
        .text(chunk.type)
        .u32(chunk.length)
        .put(chunk.content)
        .put(new byte[chunk.content.length % 2])
        .bytes();
  }

  private static void repeat(Parts parts, Dice dice) {
    int index = dice.below(parts.chunks.size());
    Chunk chunk = parts.chunks.get(index);
    parts.chunks.set(index, chunk.times(dice.times(CHUNK_HEADER + chunk.content.length)));
  }

  private static void add(Parts parts, Dice dice) {
    insert(parts, dice, new Chunk(dice.of(TYPES), dice.filler(dice.upTo(dice.room()))));
  }

  private static void addMany(Parts parts, Dice dice) {
    byte[] content = dice.filler(dice.below(20));
    Chunk chunk = new Chunk(dice.of(TYPES), content);
    insert(parts, dice, chunk.times(dice.times(CHUNK_HEADER + content.length + 1)));
  }

  private static void insert(Parts parts, Dice dice, Chunk chunk) {
    parts.chunks.add(dice.below(Math.min(3, 1 + parts.chunks.size())), chunk);
  }

  private static void nest(Parts parts, Dice dice) {
    int each = CHUNK_HEADER + FRAME_HEADER;
    int depth = dice.times(each);
    ByteWriter frames = ByteWriter.littleEndian();
    for (int left = depth - 1; left >= 0; left--) {
      frames.put(frameHeader(new Sides(16, 16)));
      if (left > 0) {
        frames.text("ANMF").u32(FRAME_HEADER + (left - 1) * each);
      }
    }
    parts.chunks.clear();
    parts.chunks.add(canvas(new Sides(16, 16), 2));
    parts.chunks.add(new Chunk("ANMF", frames.bytes()));
  }

  private static Chunk canvas(Sides sides, int flags) {
    ByteWriter content = ByteWriter.littleEndian().u32(flags);
    return new Chunk("VP8X", size(content, sides).bytes());
  }

  private static byte[] frameHeader(Sides sides) {
    ByteWriter header = ByteWriter.littleEndian().put(new byte[6]);
    return size(header, sides).u32(0).bytes();
  }

  /** Width and height, each less one and in three bytes. */
  private static ByteWriter size(ByteWriter writer, Sides sides) {
    int width = sides.width() - 1;
    int height = sides.height() - 1;
    return writer.u16(width).u8(width >> 16).u16(height).u8(height >> 16);
  }

  private static void lossless(Parts parts, Dice dice) {
    parts.chunks.clear();
    parts.chunks.add(new Chunk("VP8L", LosslessWebp.flat(dice.sides(LONGEST_SIDE), dice)));
  }

  private static void extended(Parts parts, Dice dice) {
    Sides sides = dice.sides(LONGEST_SIDE);
    Chunk picture = new Chunk("VP8L", LosslessWebp.flat(sides, dice));
    boolean animated = dice.oneIn(2);
    parts.chunks.clear();
    parts.chunks.add(canvas(sides, animated ? 2 : dice.below(64)));
    if (animated) {
      parts.chunks.add(new Chunk("ANIM", new byte[6]));
      byte[] frame = ByteWriter.joined(frameHeader(sides), written(picture));
      parts.chunks.add(
          new Chunk("ANMF", frame).times(dice.oneIn(2) ? 1 : dice.times(frame.length)));
    } else {
      parts.chunks.add(picture);
    }
  }

  private static void lossy(Parts parts, Dice dice) {
    parts.chunks.clear();
    parts.chunks.add(lossy(dice.sides(LONGEST_SIDE), dice));
  }

  private static Chunk lossy(Sides sides, Dice dice) {
    byte[] first = dice.filler(dice.upTo(Math.min(dice.room() / 2, (1 << 19) - 1)));
    byte[] rest = dice.filler(dice.upTo(dice.room() / 2));
    int tag = dice.below(4) << 1 | 1 << 4 | first.length << 5;
    ByteWriter content = ByteWriter.littleEndian().u16(tag).u8(tag >> 16, 0x9d, 1, 0x2a);
    return new Chunk(
        "VP8 ", content.u16(sides.width(), sides.height()).put(first).put(rest).bytes());
  }

  private static void alpha(Parts parts, Dice dice) {
    Sides sides = dice.sides(LONGEST_SIDE);
    byte[] header = {(byte) (dice.below(4) << 2 | dice.below(2) << 4 | dice.below(2))};
    parts.chunks.clear();
    parts.chunks.add(canvas(sides, 0x10));
    parts.chunks.add(new Chunk("ALPH", ByteWriter.joined(header, LosslessWebp.alpha(dice))));
    parts.chunks.add(lossy(sides, dice));
  }

  private static void number(Parts parts, Dice dice) {
    int index = dice.below(parts.chunks.size());
    Chunk chunk = parts.chunks.get(index);
    byte[] content = chunk.content.clone();
    int most = Math.min(content.length, 24) - 4;
    if (most > 0) {
      int at = dice.below(most);
      ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putInt(at, dice.number());
    }
    parts.chunks.set(index, new Chunk(chunk.type, content, chunk.times, chunk.length));
  }

  private static void length(Parts parts, Dice dice) {
    int index = dice.below(parts.chunks.size());
    Chunk chunk = parts.chunks.get(index);
    parts.chunks.set(
        index, new Chunk(chunk.type, chunk.content, chunk.times, dice.backwards(CHUNK_HEADER)));
  }

  private static void exif(Parts parts, Dice dice) {
    parts.chunks.add(new Chunk("EXIF", ExifBlock.any(dice, dice.room())));
  }

  private static void tail(Parts parts, Dice dice) {
    parts.tail =
        ByteWriter.littleEndian()
            .text(dice.of(TYPES))
            .u32(dice.backwards(CHUNK_HEADER))
            .put(dice.filler(dice.oneIn(2) ? dice.below(20) : dice.upTo(dice.room())))
            .bytes();
  }
}
