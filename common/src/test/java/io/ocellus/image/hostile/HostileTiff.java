package io.ocellus.image.hostile;

import io.ocellus.image.hostile.Dice.Sides;
import io.ocellus.image.hostile.TiffParts.Blob;
import io.ocellus.image.hostile.TiffParts.Entry;
import java.util.List;

/** TIFF: a directory of entries, each of a tag, a type, a count and a place in the file. */
final class HostileTiff implements HostileFormat<TiffParts> {
  private static final int VERSION = 42;
  static final int STRIP_OFFSETS = 273;
  static final int STRIP_BYTES = 279;
  static final int TILE_OFFSETS = 324;
  static final int TILE_BYTES = 325;
  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int BITS = 258;
  private static final int COMPRESSION = 259;
  private static final int COLOURS = 262;
  private static final int ORIENTATION = 274;
  private static final int SAMPLES = 277;
  private static final int ROWS_PER_STRIP = 278;
  private static final int PLANES = 284;
  private static final int PREDICTOR = 317;
  private static final int TILE_WIDTH = 322;
  private static final int TILE_HEIGHT = 323;
  private static final int SAMPLE_FORMAT = 339;

  /** Whole numbers that describe the layout of the pixels. */
  private static final Integer[] LAYOUT = {
    WIDTH,
    HEIGHT,
    BITS,
    COMPRESSION,
    COLOURS,
    STRIP_OFFSETS,
    SAMPLES,
    ROWS_PER_STRIP,
    STRIP_BYTES,
    PLANES,
    PREDICTOR,
    TILE_WIDTH,
    TILE_HEIGHT,
    TILE_OFFSETS,
    TILE_BYTES,
    SAMPLE_FORMAT
  };

  /** Arrays that a decoder makes a copy of: palettes, profiles, tables, texts, others' data. */
  private static final Integer[] ARRAYS = {
    270, 301, 305, 318, 320, 338, 347, 512, 513, 514, 519, 520, 521, 529, 530, 531, 532, 700, 33432,
    33723, 34377, 34675, 37510, 50341, 65000
  };

  private static final Integer[] POINTERS = {330, 34665, 34853, 40965};
  private static final int NONE = 1;
  private static final int LZW = 5;
  private static final int DEFLATE = 8;
  private static final int PACK_BITS = 32773;
  private static final int MOST_ENTRIES = 60_000;

  @Override
  public String name() {
    return "tiff";
  }

  @Override
  public boolean accepts(byte[] image) {
    return image[0] == image[1]
        && (image[0] == 'I' || image[0] == 'M')
        && image[2] + image[3] == VERSION;
  }

  @Override
  public TiffParts parsed(byte[] image) {
    return TiffParts.of(image);
  }

  @Override
  public List<Operator<TiffParts>> operators() {
    return List.of(
        new Operator<>("repeated entry", HostileTiff::repeat),
        new Operator<>("large array", HostileTiff::array),
        new Operator<>("entries that share an array", HostileTiff::arrays),
        new Operator<>("layout in arrays", HostileTiff::layoutInArrays),
        new Operator<>("other type or count", HostileTiff::type),
        new Operator<>("strips of few pixels", HostileTiff::strips),
        new Operator<>("tiles of few pixels", HostileTiff::tiles),
        new Operator<>("extreme sides", HostileTiff::flat),
        new Operator<>("pointers to the directory itself", HostileTiff::loop),
        new Operator<>("turned", HostileTiff::turned),
        new Operator<>("number of the layout", HostileTiff::number),
        new Operator<>("other compression", HostileTiff::compression),
        new Operator<>("bytes behind the end", HostileTiff::tail));
  }

  @Override
  public byte[] written(TiffParts parts) {
    return parts.written();
  }

  private static void repeat(TiffParts parts, Dice dice) {
    int index = dice.below(parts.entries.size());
    parts.entries.set(index, parts.entries.get(index).times(entries(dice)));
  }

  private static int entries(Dice dice) {
    return Math.min(dice.times(24), dice.upTo(MOST_ENTRIES));
  }

  private static void array(TiffParts parts, Dice dice) {
    Blob blob = new Blob(dice.filler(dice.upTo(dice.room())));
    parts.set(arrayOf(dice.of(ARRAYS), blob, dice));
  }

  private static Entry arrayOf(int tag, Blob blob, Dice dice) {
    int type = dice.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    int size = List.of(1, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8).get(type);
    return Entry.of(tag, type, dice.oneIn(8) ? 3 : blob.bytes.length / size, blob);
  }

  /** As types that the tags' specifications name, as often as not: others may be left out. */
  private static void arrays(TiffParts parts, Dice dice) {
    int times = entries(dice);
    Blob blob = new Blob(dice.filler(dice.upTo(dice.room() - 12L * times)));
    Entry entry =
        switch (dice.below(6)) {
          case 0 -> Entry.of(320, TiffParts.SHORT, blob.bytes.length / 2, blob);
          case 1 -> Entry.of(dice.of(34675, 347), 7, blob.bytes.length, blob);
          case 2 -> Entry.of(dice.of(529, 532), 5, blob.bytes.length / 8, blob);
          case 3 -> arrayOf(dice.of(LAYOUT), blob, dice);
          default -> arrayOf(dice.of(ARRAYS), blob, dice);
        };
    parts.entries.add(entry.times(times));
  }

  private static void layoutInArrays(TiffParts parts, Dice dice) {
    byte[] ones = new byte[dice.upTo(dice.room())];
    java.util.Arrays.fill(ones, (byte) 1);
    Blob blob = new Blob(ones);
    int type = dice.of(TiffParts.BYTE, TiffParts.SHORT, TiffParts.LONG);
    int size = type == TiffParts.BYTE ? 1 : type == TiffParts.SHORT ? 2 : 4;
    boolean all = dice.oneIn(2);
    for (int tag : LAYOUT) {
      if (all || dice.oneIn(2)) {
        parts.set(Entry.of(tag, type, ones.length / size, blob));
      }
    }
  }

  private static void type(TiffParts parts, Dice dice) {
    int index = dice.below(parts.entries.size());
    Entry entry = parts.entries.get(index);
    int count = dice.oneIn(2) ? entry.count() : dice.number();
    parts.entries.set(index, entry.typed(dice.below(20), count));
  }

  private static void strips(TiffParts parts, Dice dice) {
    int width = dice.oneIn(2) ? 1 : dice.upTo(64);
    int count = dice.upTo(Math.min(dice.room() / 8, dice.pixels() / width));
    int compression = dice.of(NONE, LZW, DEFLATE, PACK_BITS);
    grey(parts, width, count, compression);
    Blob strip = new Blob(packed(compression, width));
    parts.set(Entry.of(ROWS_PER_STRIP, 1));
    pieces(parts, STRIP_OFFSETS, STRIP_BYTES, count, strip);
  }

  private static void tiles(TiffParts parts, Dice dice) {
    int side = dice.of(1, 1, 2, 16);
    int width = Math.min(1000, dice.pixels());
    int across = (width + side - 1) / side;
    int down = Math.max(1, dice.upTo(Math.min(dice.room() / 8, dice.pixels()) / across));
    int compression = dice.of(NONE, LZW, DEFLATE, PACK_BITS);
    grey(parts, width, down * side, compression);
    parts.set(Entry.of(TILE_WIDTH, side));
    parts.set(Entry.of(TILE_HEIGHT, side));
    Blob tile = new Blob(packed(compression, side * (long) side));
    pieces(parts, TILE_OFFSETS, TILE_BYTES, across * down, tile);
  }

  /** All of them the same bytes. */
  private static void pieces(TiffParts parts, int offsets, int lengths, int count, Blob piece) {
    if (count == 1) {
      parts.set(Entry.of(offsets, TiffParts.LONG, 1, piece));
      parts.set(Entry.of(lengths, piece.bytes.length));
      return;
    }
    ByteWriter each = new ByteWriter(parts.order);
    byte[] length = new ByteWriter(parts.order).u32(piece.bytes.length).bytes();
    parts.set(Entry.of(offsets, TiffParts.LONG, count, new Blob(count, List.of(piece))));
    Blob all = new Blob(each.put(length, count).bytes());
    parts.set(Entry.of(lengths, TiffParts.LONG, count, all));
  }

  private static void grey(TiffParts parts, int width, int height, int compression) {
    layout(parts, new Sides(width, height), 8, 1, compression);
  }

  private static void layout(TiffParts parts, Sides sides, int bits, int samples, int compression) {
    parts.entries.clear();
    parts.set(Entry.of(WIDTH, sides.width()));
    parts.set(Entry.of(HEIGHT, sides.height()));
    ByteWriter depths = new ByteWriter(parts.order);
    for (int i = 0; i < samples; i++) {
      depths.u16(bits);
    }
    if (samples > 2) {
      parts.set(Entry.of(BITS, TiffParts.SHORT, samples, new Blob(depths.bytes())));
    } else {
      parts.set(Entry.of(BITS, bits));
    }
    parts.set(Entry.of(COMPRESSION, compression));
    parts.set(Entry.of(COLOURS, samples > 2 ? 2 : 1));
    parts.set(Entry.of(SAMPLES, samples));
  }

  private static void flat(TiffParts parts, Dice dice) {
    int bits = dice.of(1, 4, 8, 16, 32, 64);
    int samples = dice.of(1, 1, 2, 3, 4, 4, 128 / bits);
    int compression = dice.of(DEFLATE, DEFLATE, DEFLATE, LZW, PACK_BITS, NONE);
    Sides sides = dice.sides(Integer.MAX_VALUE);
    layout(parts, sides, bits, samples, compression);
    int rows = dice.oneIn(2) ? sides.height() : Math.min(sides.height(), dice.upTo(1000));
    int strips = (sides.height() + rows - 1) / rows;
    long row = (sides.width() * (long) bits * samples + 7) / 8;
    long length = compression == DEFLATE ? row * rows : Math.min(row * rows, 20_000_000);
    parts.set(Entry.of(ROWS_PER_STRIP, rows));
    if (dice.oneIn(3)) {
      parts.set(Entry.of(PREDICTOR, 2));
    }
    parts.set(Entry.of(SAMPLE_FORMAT, dice.of(1, 1, 1, 2, 3, 4)));
    pieces(parts, STRIP_OFFSETS, STRIP_BYTES, strips, new Blob(packed(compression, length)));
    if (dice.oneIn(2)) {
      turned(parts, dice);
    }
  }

  private static byte[] packed(int compression, long length) {
    return switch (compression) {
      case LZW -> Packed.tiffLzw(length);
      case DEFLATE -> Packed.zeros(length);
      case PACK_BITS -> Packed.packBits(length);
      default -> new byte[(int) length];
    };
  }

  private static void loop(TiffParts parts, Dice dice) {
    parts.next = dice.of(0, TiffParts.DIRECTORY, dice.number());
    for (int tag : POINTERS) {
      if (dice.oneIn(2)) {
        parts.set(Entry.of(tag, dice.of(TiffParts.DIRECTORY, dice.number())));
      }
    }
    if (dice.oneIn(2)) {
      int count = dice.upTo(dice.room() / 4);
      ByteWriter all = new ByteWriter(parts.order);
      byte[] itself = new ByteWriter(parts.order).u32(TiffParts.DIRECTORY).bytes();
      Blob selves = new Blob(all.put(itself, count).bytes());
      int type = dice.of(TiffParts.LONG, 13);
      parts.set(Entry.of(dice.of(POINTERS), type, count, selves).times(dice.upTo(100)));
    }
  }

  private static void turned(TiffParts parts, Dice dice) {
    parts.set(Entry.of(ORIENTATION, 2 + dice.below(7)));
  }

  private static void number(TiffParts parts, Dice dice) {
    parts.set(Entry.of(dice.of(LAYOUT), dice.oneIn(2) ? dice.number() : dice.upTo(1 << 20)));
  }

  private static void compression(TiffParts parts, Dice dice) {
    parts.set(Entry.of(COMPRESSION, dice.of(1, 2, 3, 4, 5, 6, 7, 8, 32771, 32773, 32946, 50000)));
  }

  private static void tail(TiffParts parts, Dice dice) {
    parts.tail = dice.filler(dice.upTo(dice.room()));
  }
}
