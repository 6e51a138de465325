package io.ocellus.image.hostile;

import io.ocellus.image.hostile.Dice.Sides;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** BMP: two headers, a palette and rows, or runs of pixels with jumps between them. */
final class HostileBmp implements HostileFormat<HostileBmp.Parts> {
  private static final int SIZE = 2;
  private static final int OFFSET = 10;
  private static final int HEADER = 14;
  private static final int WIDTH = 18;
  private static final int HEIGHT = 22;
  private static final int DEPTH = 28;
  private static final int COMPRESSION = 30;
  private static final int DATA_SIZE = 34;
  private static final int COLOURS = 46;

  static final class Parts {
    byte[] head = {};
    byte[] data = {};

    ByteBuffer numbers() {
      return ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  @Override
  public String name() {
    return "bmp";
  }

  @Override
  public boolean accepts(byte[] image) {
    return image[0] == 'B' && image[1] == 'M';
  }

  @Override
  public Parts parsed(byte[] image) {
    Parts parts = new Parts();
    int offset = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN).getInt(OFFSET);
    parts.head = Arrays.copyOf(image, offset);
    parts.data = Arrays.copyOfRange(image, offset, image.length);
    return parts;
  }

  @Override
  public List<Operator<Parts>> operators() {
    return List.of(
        new Operator<>("extreme sides", HostileBmp::sides),
        new Operator<>("extreme sides of runs", HostileBmp::runs),
        new Operator<>("jumps", HostileBmp::jumps),
        new Operator<>("number of colours", HostileBmp::colours),
        new Operator<>("number in the header", HostileBmp::number),
        new Operator<>("depth and compression", HostileBmp::layout),
        new Operator<>("offset of the data", HostileBmp::offset),
        new Operator<>("filler as data", HostileBmp::filler),
        new Operator<>("negative height", HostileBmp::negative));
  }

  @Override
  public byte[] written(Parts parts) {
    byte[] all = ByteWriter.joined(parts.head, parts.data);
    ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).putInt(SIZE, all.length);
    return all;
  }

  /** As large as there are bytes for, or without them. */
  private static void sides(Parts parts, Dice dice) {
    int bits = dice.of(1, 4, 8, 16, 24, 32);
    Sides sides = dice.sides(Integer.MAX_VALUE);
    head(parts, sides, bits, 0);
    long row = (sides.width() * (long) bits + 31) / 32 * 4;
    parts.data = new byte[(int) Math.min(dice.room(), row * sides.height())];
  }

  private static void runs(Parts parts, Dice dice) {
    int bits = dice.of(4, 8);
    Sides sides = dice.sides(Integer.MAX_VALUE);
    head(parts, sides, bits, bits == 8 ? 1 : 2);
    ByteWriter row = ByteWriter.littleEndian();
    for (int left = sides.width(); left > 0 && row.length() < dice.room(); left -= 255) {
      row.u8(Math.min(left, 255), 1);
    }
    byte[] one = row.u8(0, 0).bytes();
    int rows = Math.min(sides.height(), dice.room() / one.length);
    parts.data = ByteWriter.littleEndian().put(one, rows).u8(0, 1).bytes();
  }

  private static void jumps(Parts parts, Dice dice) {
    Sides sides = dice.sides(Integer.MAX_VALUE);
    head(parts, sides, 8, 1);
    byte[] step =
        dice.of(
            new byte[] {0, 2, 1, 0},
            new byte[] {0, 2, 0, 1},
            new byte[] {0, 2, 0, 0},
            new byte[] {0, 2, -1, -1},
            new byte[] {0, 0},
            new byte[] {0, 3, 1, 1, 1, 0},
            new byte[] {1, 0},
            new byte[] {0, 2, 1, 0, 1, 1});
    parts.data = ByteWriter.littleEndian().put(step, dice.times(step.length)).u8(0, 1).bytes();
  }

  private static void head(Parts parts, Sides sides, int bits, int compression) {
    int colours = bits <= 8 ? 1 << bits : 0;
    parts.head =
        ByteWriter.littleEndian()
            .text("BM")
            .u32(0, 0, HEADER + 40 + 4 * colours)
            .u32(40, sides.width(), sides.height())
            .u16(1, bits)
            .u32(compression, 0, 0, 0, colours, 0)
            .put(new byte[] {1, 2, 3, 0}, colours)
            .bytes();
  }

  private static void colours(Parts parts, Dice dice) {
    parts.numbers().putInt(COLOURS, dice.number());
  }

  private static void number(Parts parts, Dice dice) {
    int field = dice.of(HEADER, WIDTH, HEIGHT, DEPTH, COMPRESSION, DATA_SIZE, COLOURS, 26);
    parts.numbers().putInt(field, dice.number());
  }

  private static void layout(Parts parts, Dice dice) {
    parts
        .numbers()
        .putShort(DEPTH, dice.of((short) 1, (short) 4, (short) 8, (short) 16, (short) 32));
    parts.numbers().putInt(COMPRESSION, dice.below(8));
  }

  private static void offset(Parts parts, Dice dice) {
    parts.numbers().putInt(OFFSET, dice.number());
  }

  private static void filler(Parts parts, Dice dice) {
    parts.data = dice.filler(dice.upTo(dice.room()));
  }

  private static void negative(Parts parts, Dice dice) {
    ByteBuffer numbers = parts.numbers();
    numbers.putInt(
        HEIGHT, dice.oneIn(2) ? dice.of(Integer.MIN_VALUE, -1) : -numbers.getInt(HEIGHT));
  }
}
