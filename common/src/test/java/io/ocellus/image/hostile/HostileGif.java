package io.ocellus.image.hostile;

import io.ocellus.image.hostile.Dice.Sides;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** GIF: a screen, then extensions and pictures, each with data in sub-blocks of 1 to 255 bytes. */
final class HostileGif implements HostileFormat<HostileGif.Parts> {
  private static final int EXTENSION = 0x21;
  private static final int PICTURE = 0x2c;
  private static final int LONGEST = 255;
  private static final String[] EXTENSIONS = {
    "\u00fe",
    "\u00ff\u000bNETSCAPE2.0",
    "\u00ff\u000bXMP DataXMP",
    "\u00ff\u000bICCRGBG1012",
    "\u00ff\u0000",
    "\u0001",
    "\u0001\u000cabcdefghijkl",
    "\u00f9\u0004\u0001\u0001\u0001\u0001",
    "3"
  };

  /** A head, data in sub-blocks of at most so many bytes, and how often it comes. */
  @SuppressWarnings("ArrayRecordComponent")
  record Block(byte[] head, byte[] data, int piece, int times) {
    boolean isPicture() {
      return head[0] == PICTURE;
    }
  }

  static final class Parts {
    byte[] screen = {};
    final List<Block> blocks = new ArrayList<>();
    byte[] tail = {';'};
  }

  @Override
  public String name() {
    return "gif";
  }

  @Override
  public boolean accepts(byte[] image) {
    return image[0] == 'G' && image[1] == 'I';
  }

  @Override
  public Parts parsed(byte[] image) {
    Parts parts = new Parts();
    ByteBuffer bytes = ByteBuffer.wrap(image);
    parts.screen = new byte[13 + palette(image[10])];
    bytes.get(parts.screen);
    for (int type = bytes.get(); type == EXTENSION || type == PICTURE; type = bytes.get()) {
      int at = bytes.position();
      int length = type == EXTENSION ? 1 : 9 + palette(image[at + 8]) + 1;
      byte[] head = new byte[1 + length];
      bytes.position(at - 1).get(head);
      parts.blocks.add(new Block(head, data(bytes), LONGEST, 1));
    }
    return parts;
  }

  private static byte[] data(ByteBuffer bytes) {
    ByteWriter data = ByteWriter.littleEndian();
    for (int length = bytes.get() & 0xff; length > 0; length = bytes.get() & 0xff) {
      byte[] piece = new byte[length];
      bytes.get(piece);
      data.put(piece);
    }
    return data.bytes();
  }

  private static int palette(byte flags) {
    return (flags & 0x80) == 0 ? 0 : 3 * (2 << (flags & 7));
  }

  @Override
  public List<Operator<Parts>> operators() {
    return List.of(
        new Operator<>("long extension", HostileGif::extension),
        new Operator<>("many extensions", HostileGif::extensions),
        new Operator<>("repeated block", HostileGif::repeat),
        new Operator<>("small sub-blocks", HostileGif::recut),
        new Operator<>("extreme sides", HostileGif::flat),
        new Operator<>("more pixels than announced", HostileGif::beyond),
        new Operator<>("LZW that only clears", HostileGif::clears),
        new Operator<>("number in the screen", HostileGif::screen),
        new Operator<>("number in a picture", HostileGif::picture),
        new Operator<>("bytes behind the end", HostileGif::tail));
  }

  @Override
  public byte[] written(Parts parts) {
    ByteWriter out = ByteWriter.littleEndian().put(parts.screen);
    parts.blocks.forEach(block -> out.put(written(block), block.times));
    return out.put(parts.tail).bytes();
  }

  private static byte[] written(Block block) {
    ByteWriter out = ByteWriter.littleEndian().put(block.head);
    for (int at = 0; at < block.data.length; at += block.piece) {
      int length = Math.min(block.piece, block.data.length - at);
      out.u8(length).put(java.util.Arrays.copyOfRange(block.data, at, at + length));
    }
    return out.u8(0).bytes();
  }

  private static void extension(Parts parts, Dice dice) {
    int piece = dice.of(1, 2, LONGEST, 1 + dice.below(LONGEST));
    int length = (int) (dice.upTo(dice.room()) * (long) piece / (piece + 1));
    insert(parts, dice, new Block(extensionHead(dice), dice.filler(length), piece, 1));
  }

  private static void extensions(Parts parts, Dice dice) {
    byte[] data = dice.filler(dice.below(8));
    byte[] head = extensionHead(dice);
    int times = dice.times(head.length + data.length + 2);
    insert(parts, dice, new Block(head, data, LONGEST, times));
  }

  private static byte[] extensionHead(Dice dice) {
    return ByteWriter.littleEndian().u8(EXTENSION).text(dice.of(EXTENSIONS)).bytes();
  }

  private static void insert(Parts parts, Dice dice, Block block) {
    parts.blocks.add(dice.below(Math.min(3, 1 + parts.blocks.size())), block);
  }

  private static void repeat(Parts parts, Dice dice) {
    int index = dice.below(parts.blocks.size());
    Block block = parts.blocks.get(index);
    int times = dice.times(block.head.length + block.data.length + 2);
    parts.blocks.set(index, new Block(block.head, block.data, block.piece, times));
  }

  private static void recut(Parts parts, Dice dice) {
    int piece = dice.of(1, 2, 1 + dice.below(LONGEST));
    parts.blocks.replaceAll(b -> new Block(b.head, b.data, piece, b.times));
  }

  private static void flat(Parts parts, Dice dice) {
    Sides sides = dice.sides(0xffff);
    byte[] head =
        ByteWriter.littleEndian()
            .u8(PICTURE)
            .u16(0, 0, sides.width(), sides.height())
            .u8(dice.oneIn(3) ? 0x40 : 0, 2)
            .bytes();
    screen(parts).putShort(6, (short) sides.width()).putShort(8, (short) sides.height());
    byte[] pixels = Packed.lzw(sides.width() * (long) sides.height());
    parts.blocks.removeIf(Block::isPicture);
    parts.blocks.add(new Block(head, pixels, LONGEST, 1));
  }

  private static void beyond(Parts parts, Dice dice) {
    data(parts, Packed.lzw(dice.bomb()), 2);
  }

  private static void clears(Parts parts, Dice dice) {
    data(parts, Packed.lzwClears(dice.upTo((int) (dice.room() * 0.99))), 2);
  }

  /** Other data for every picture. */
  private static void data(Parts parts, byte[] data, int codeSize) {
    parts.blocks.replaceAll(
        block -> {
          if (!block.isPicture()) {
            return block;
          }
          byte[] head = block.head.clone();
          head[head.length - 1] = (byte) codeSize;
          return new Block(head, data, block.piece, block.times);
        });
  }

  private static void screen(Parts parts, Dice dice) {
    int field = dice.below(6);
    if (field < 2) {
      screen(parts).putShort(6 + 2 * field, (short) dice.number());
    } else {
      parts.screen[10 + field % 3] = (byte) dice.number();
    }
  }

  private static void picture(Parts parts, Dice dice) {
    parts.blocks.replaceAll(
        block -> {
          byte[] head = block.head.clone();
          if (block.isPicture()) {
            int field = dice.below(6);
            ByteBuffer numbers = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
            if (field < 4) {
              numbers.putShort(1 + 2 * field, (short) dice.number());
            } else {
              head[field == 4 ? 9 : head.length - 1] = (byte) dice.below(256);
            }
          }
          return new Block(head, block.data, block.piece, block.times);
        });
  }

  private static void tail(Parts parts, Dice dice) {
    byte[] filler = dice.filler(dice.upTo(dice.room()));
    parts.tail = dice.oneIn(2) ? filler : ByteWriter.joined(parts.tail, filler);
  }

  private static ByteBuffer screen(Parts parts) {
    return ByteBuffer.wrap(parts.screen).order(ByteOrder.LITTLE_ENDIAN);
  }
}
