package io.ocellus.image.hostile;

import io.ocellus.image.hostile.Dice.Sides;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/** PNG: chunks of a length, a type, content and a checksum, of which the pixels are one stream. */
final class HostilePng implements HostileFormat<HostilePng.Parts> {
  private static final byte[] SIGNATURE = ByteWriter.latin("\u0089PNG\r\n\u001a\n");
  private static final String[] TYPES = {
    "IDAT", "PLTE", "tRNS", "tEXt", "zTXt", "iTXt", "iCCP", "gAMA", "cHRM", "sRGB", "bKGD", "hIST",
    "pHYs", "sBIT", "sPLT", "tIME", "eXIf", "acTL", "fdAT", "prVt", "IEND", "IHDR"
  };
  private static final int[] CHANNELS = {1, 0, 3, 1, 2, 0, 4};

  /** Horizontal and vertical start and step of each pass. */
  private static final int[][] ADAM7 = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  /** One chunk, written so many times, with a length that may be another than it has. */
  @SuppressWarnings("ArrayRecordComponent")
  record Chunk(String type, byte[] content, int times, int length) {
    Chunk(String type, byte[] content) {
      this(type, content, 1, content.length);
    }

    Chunk times(int times) {
      return new Chunk(type, content, times, length);
    }
  }

  static final class Parts {
    final List<Chunk> chunks = new ArrayList<>();
    byte[] tail = {};
  }

  @Override
  public String name() {
    return "png";
  }

  @Override
  public boolean accepts(byte[] image) {
    return Arrays.equals(SIGNATURE, Arrays.copyOf(image, SIGNATURE.length));
  }

  @Override
  public Parts parsed(byte[] image) {
    Parts parts = new Parts();
    ByteBuffer bytes = ByteBuffer.wrap(image).position(SIGNATURE.length);
    while (bytes.remaining() >= 12) {
      byte[] content = new byte[bytes.getInt()];
      byte[] type = new byte[4];
      bytes.get(type).get(content).getInt();
      parts.chunks.add(new Chunk(new String(type, StandardCharsets.ISO_8859_1), content));
    }
    return parts;
  }

  @Override
  public List<Operator<Parts>> operators() {
    return List.of(
        new Operator<>("repeated chunk", HostilePng::repeat),
        new Operator<>("added chunk", HostilePng::add),
        new Operator<>("many small chunks", HostilePng::addMany),
        new Operator<>("compressed text or profile", HostilePng::bomb),
        new Operator<>("bytes behind the end", HostilePng::tail),
        new Operator<>("extreme sides", HostilePng::flat),
        new Operator<>("more pixels than announced", HostilePng::beyond),
        new Operator<>("number in the header", HostilePng::header),
        new Operator<>("wrong length", HostilePng::length),
        new Operator<>("pixels in small pieces", HostilePng::split),
        new Operator<>("EXIF", HostilePng::exif));
  }

  @Override
  public byte[] written(Parts parts) {
    ByteWriter out = ByteWriter.bigEndian().put(SIGNATURE);
    parts.chunks.forEach(chunk -> out.put(written(chunk), chunk.times));
    return out.put(parts.tail).bytes();
  }

  private static byte[] written(Chunk chunk) {
    byte[] checked = ByteWriter.joined(ByteWriter.latin(chunk.type), chunk.content);
    CRC32 checksum = new CRC32();
    checksum.update(checked);
    return ByteWriter.bigEndian()
        .u32(chunk.length)
        .put(checked)
        .u32((int) checksum.getValue())
        .bytes();
  }

  private static void repeat(Parts parts, Dice dice) {
    int index = dice.below(parts.chunks.size());
    Chunk chunk = parts.chunks.get(index);
    parts.chunks.set(index, chunk.times(dice.times(12 + chunk.content.length)));
  }

  private static void add(Parts parts, Dice dice) {
    insert(parts, dice, new Chunk(dice.of(TYPES), dice.filler(dice.upTo(dice.room()))));
  }

  private static void addMany(Parts parts, Dice dice) {
    byte[] content = dice.oneIn(2) ? new byte[0] : dice.filler(dice.upTo(32));
    insert(parts, dice, new Chunk(dice.of(TYPES), content).times(dice.times(12 + content.length)));
  }

  private static void bomb(Parts parts, Dice dice) {
    String type = dice.of("zTXt", "iTXt", "iCCP");
    byte[] before = type.equals("iTXt") ? new byte[] {'x', 0, 1, 0, 0, 0} : new byte[] {'x', 0, 0};
    insert(parts, dice, new Chunk(type, ByteWriter.joined(before, Packed.zeros(dice.bomb()))));
  }

  /** What looks like a chunk of another length. */
  private static void tail(Parts parts, Dice dice) {
    parts.tail =
        ByteWriter.bigEndian()
            .u32(dice.backwards(12))
            .text(dice.of(TYPES))
            .put(dice.filler(dice.oneIn(2) ? dice.below(20) : dice.upTo(dice.room())))
            .bytes();
  }

  private static void flat(Parts parts, Dice dice) {
    Sides sides = dice.sides(Integer.MAX_VALUE);
    int colours = dice.of(0, 2, 4, 6);
    int depth = dice.of(8, 16);
    if (colours == 0 && dice.oneIn(2)) {
      depth = dice.of(1, 2, 4);
    }
    boolean interlaced = dice.oneIn(3);
    int bits = depth * CHANNELS[colours];
    byte[] header =
        ByteWriter.bigEndian()
            .u32(sides.width(), sides.height())
            .u8(depth, colours, 0, 0, interlaced ? 1 : 0)
            .bytes();
    int filter = dice.below(5);
    byte[] pixels =
        interlaced
            ? Packed.zeros(interlacedLength(sides, bits))
            : Packed.rows(sides.height(), 1 + rowLength(sides.width(), bits), filter);
    parts.chunks.removeIf(chunk -> !chunk.type.equals("IEND"));
    parts.chunks.add(0, new Chunk("IHDR", header));
    parts.chunks.add(1, new Chunk("IDAT", pixels));
  }

  private static long rowLength(long width, int bits) {
    return (width * bits + 7) / 8;
  }

  private static long interlacedLength(Sides sides, int bits) {
    long length = 0;
    for (int[] pass : ADAM7) {
      long width = Math.max(0, (sides.width() - pass[0] + (long) pass[2] - 1) / pass[2]);
      long height = Math.max(0, (sides.height() - pass[1] + (long) pass[3] - 1) / pass[3]);
      length += width == 0 ? 0 : height * (1 + rowLength(width, bits));
    }
    return length;
  }

  private static void beyond(Parts parts, Dice dice) {
    change(parts, "IDAT", Packed.zeros(dice.bomb()), 1);
  }

  private static void header(Parts parts, Dice dice) {
    byte[] header = parts.chunks.get(0).content.clone();
    int field = dice.below(7);
    if (field < 2) {
      ByteBuffer.wrap(header).putInt(4 * field, dice.number());
    } else if (header.length > 6 + field) {
      header[6 + field] = (byte) dice.below(dice.of(8, 256));
    }
    change(parts, "IHDR", header, 1);
  }

  private static void length(Parts parts, Dice dice) {
    int index = dice.below(parts.chunks.size());
    Chunk chunk = parts.chunks.get(index);
    parts.chunks.set(index, new Chunk(chunk.type, chunk.content, chunk.times, dice.backwards(12)));
  }

  private static void split(Parts parts, Dice dice) {
    for (int i = 0; i < parts.chunks.size(); i++) {
      Chunk chunk = parts.chunks.get(i);
      if (chunk.type.equals("IDAT") && chunk.times == 1 && chunk.content.length > 1) {
        parts.chunks.remove(i);
        int piece = dice.upTo(Math.min(100, chunk.content.length / 2));
        for (int at = chunk.content.length; at > 0; at -= piece) {
          byte[] content = Arrays.copyOfRange(chunk.content, Math.max(0, at - piece), at);
          parts.chunks.add(i, new Chunk("IDAT", content));
        }
        return;
      }
    }
  }

  private static void exif(Parts parts, Dice dice) {
    parts.chunks.add(1, new Chunk("eXIf", ExifBlock.any(dice, dice.room())));
  }

  private static void change(Parts parts, String type, byte[] content, int times) {
    parts.chunks.replaceAll(
        chunk -> chunk.type.equals(type) ? new Chunk(type, content).times(times) : chunk);
  }

  private static void insert(Parts parts, Dice dice, Chunk chunk) {
    parts.chunks.add(Math.min(parts.chunks.size(), 1 + dice.below(3)), chunk);
  }
}
