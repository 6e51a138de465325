package io.ocellus.image.hostile;

/** EXIF data that costs: a turn of the whole picture, loops, arrays that share their bytes. */
final class ExifBlock {
  private static final int ORIENTATION = 274;
  private static final int[] POINTERS = {330, 34665, 34853, 40965};

  private ExifBlock() {}

  static byte[] any(Dice dice, int room) {
    int filler = Math.min(room, dice.upTo(Math.max(1, room - 1000)));
    int entries = dice.oneIn(2) ? 3 : Math.min(dice.upTo(65535), Math.max(3, room / 24));
    ByteWriter block = ByteWriter.littleEndian().text("II").u16(42).u32(8).u16(entries);
    int end = 8 + 2 + 12 * entries + 4;
    block.u16(ORIENTATION, 3).u32(1, 1 + dice.below(8));
    for (int i = 1; i < entries; i++) {
      if (dice.oneIn(2)) {
        block.u16(POINTERS[dice.below(POINTERS.length)], 4).u32(1, dice.of(8, end, dice.number()));
      } else {
        block.u16(dice.of(ORIENTATION, 320, 513), dice.of(1, 3, 4, 7)).u32(filler / 8, end);
      }
    }
    return block.u32(dice.of(0, 8, dice.number())).put(dice.filler(filler)).bytes();
  }
}
