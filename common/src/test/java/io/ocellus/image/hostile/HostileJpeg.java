package io.ocellus.image.hostile;

import io.ocellus.image.hostile.Dice.Sides;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** JPEG: segments of a marker, a length and content; behind the header of a scan, coded pixels. */
final class HostileJpeg implements HostileFormat<HostileJpeg.Parts> {
  /** Bytes of a frame header up to its sides. */
  private static final int FRAME_SIDES = 5;

  private static final int BASELINE = 0xc0;
  private static final int PROGRESSIVE = 0xc2;
  private static final int HUFFMAN = 0xc4;
  private static final int END = 0xd9;
  private static final int SCAN = 0xda;
  private static final int QUANTIZATION = 0xdb;
  private static final int RESTARTS = 0xdd;
  private static final int LONGEST = 65_533;
  private static final int MOST_SCANS = 100;

  /** What a segment's content begins with where decoders look at it. */
  private static final String[] PREFIXES = {
    "",
    "ICC_PROFILE\0\1\1",
    "ICC_PROFILE\0\1\u00ff",
    "Exif\0\0",
    "Adobe\0d\0\0\0\0\0",
    "JFIF\0\1\2",
    "JFXX\0\u0010",
    "JFXX\0\u0013",
    "Photoshop 3.0\0",
    "http://ns.adobe.com/xap/1.0/\0"
  };

  private static final Integer[] MARKERS = {
    0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc9, 0xca, 0xcc, 0xd8, 0xda, 0xdb, 0xdc, 0xdd, 0xe0, 0xe1,
    0xe2, 0xed, 0xee, 0xef, 0xf0, 0xfe
  };

  /**
   * A segment, written so many times.
   *
   * @param pixels coded ones behind it, where it is the header of a scan
   * @param length what it says its own is
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Segment(int marker, byte[] content, byte[] pixels, int times, int length) {
    Segment(int marker, byte[] content) {
      this(marker, content, new byte[0], 1, content.length + 2);
    }

    Segment times(int wanted) {
      return new Segment(marker, content, pixels, wanted, length);
    }

    Segment coded(byte[] other) {
      return new Segment(marker, content, other, times, length);
    }

    boolean isFrame() {
      return marker == BASELINE || (marker > BASELINE && marker <= 0xcf && marker % 4 != 0);
    }
  }

  static final class Parts {
    final List<Segment> segments = new ArrayList<>();
    byte[] tail = {(byte) 0xff, (byte) END};

    int indexOfScan() {
      int index = 0;
      while (index < segments.size() && segments.get(index).marker != SCAN) {
        index++;
      }
      return index;
    }
  }

  @Override
  public String name() {
    return "jpeg";
  }

  @Override
  public boolean accepts(byte[] image) {
    return image[0] == -1 && (image[1] & 0xff) == 0xd8;
  }

  @Override
  public Parts parsed(byte[] image) {
    Parts parts = new Parts();
    ByteBuffer bytes = ByteBuffer.wrap(image).position(2);
    while (bytes.remaining() > 4) {
      int marker = bytes.getShort() & 0xff;
      byte[] content = new byte[(bytes.getShort() & 0xffff) - 2];
      bytes.get(content);
      byte[] pixels = new byte[marker == SCAN ? codedLength(bytes) : 0];
      bytes.get(pixels);
      parts.segments.add(new Segment(marker, content).coded(pixels));
    }
    return parts;
  }

  /** Up to the next marker that is neither a restart nor an escaped byte. */
  private static int codedLength(ByteBuffer bytes) {
    int at = bytes.position();
    while (at + 1 < bytes.limit()) {
      int next = bytes.get(at + 1) & 0xff;
      if (bytes.get(at) == -1 && next != 0 && (next < 0xd0 || next > 0xd7)) {
        break;
      }
      at++;
    }
    return at - bytes.position();
  }

  @Override
  public List<Operator<Parts>> operators() {
    return List.of(
        new Operator<>("repeated segment", HostileJpeg::repeat),
        new Operator<>("added segment", HostileJpeg::add),
        new Operator<>("many small segments", HostileJpeg::addMany),
        new Operator<>("many long segments", HostileJpeg::addLong),
        new Operator<>("extreme sides", HostileJpeg::sides),
        new Operator<>("flat picture of extreme sides", HostileJpeg::flat),
        new Operator<>("many scans", HostileJpeg::scans),
        new Operator<>("filler as pixels", HostileJpeg::filler),
        new Operator<>("number in the frame", HostileJpeg::frame),
        new Operator<>("restarts", HostileJpeg::restarts),
        new Operator<>("wrong length", HostileJpeg::length),
        new Operator<>("EXIF", HostileJpeg::exif),
        new Operator<>("bytes behind the end", HostileJpeg::tail));
  }

  @Override
  public byte[] written(Parts parts) {
    ByteWriter out = ByteWriter.bigEndian().u8(0xff, 0xd8);
    for (Segment segment : parts.segments) {
      byte[] bytes =
          ByteWriter.bigEndian()
              .u8(0xff, segment.marker)
              .u16(segment.length)
              .put(segment.content)
              .put(segment.pixels)
              .bytes();
      out.put(bytes, segment.times);
    }
    return out.put(parts.tail).bytes();
  }

  private static void repeat(Parts parts, Dice dice) {
    int index = dice.below(parts.segments.size());
    Segment segment = parts.segments.get(index);
    int times = dice.times(4 + segment.content.length + segment.pixels.length);
    parts.segments.set(index, segment.times(segment.marker == SCAN ? scans(dice, times) : times));
  }

  private static int scans(Dice dice, int most) {
    return Math.min(most, dice.oneIn(4) ? most : MOST_SCANS - 1);
  }

  private static void add(Parts parts, Dice dice) {
    insert(parts, dice, segment(dice, dice.upTo(LONGEST - 64)));
  }

  private static void addMany(Parts parts, Dice dice) {
    Segment segment = segment(dice, dice.below(20));
    insert(parts, dice, segment.times(dice.times(4 + segment.content.length)));
  }

  private static void addLong(Parts parts, Dice dice) {
    Segment segment = segment(dice, LONGEST - 64);
    insert(parts, dice, segment.times(dice.times(4 + segment.content.length)));
  }

  private static Segment segment(Dice dice, int length) {
    int marker = dice.of(MARKERS);
    if (marker == HUFFMAN && dice.oneIn(2)) {
      return new Segment(marker, tables(false, false));
    }
    byte[] filler = dice.filler(length);
    byte[] prefix = ByteWriter.latin(dice.of(PREFIXES));
    return new Segment(marker, marker < 0xe0 ? filler : ByteWriter.joined(prefix, filler));
  }

  private static void insert(Parts parts, Dice dice, Segment segment) {
    parts.segments.add(dice.below(1 + parts.indexOfScan()), segment);
  }

  private static void sides(Parts parts, Dice dice) {
    Sides sides = dice.sides(0xffff);
    parts.segments.stream()
        .filter(segment -> segment.isFrame() && segment.content.length >= FRAME_SIDES)
        .forEach(
            frame ->
                ByteBuffer.wrap(frame.content)
                    .putShort(1, (short) sides.height())
                    .putShort(3, (short) sides.width()));
  }

  /** Codes of one bit each: nothing differs from the block before, and the block ends. */
  private static void flat(Parts parts, Dice dice) {
    Sides sides = dice.sides(0xffff);
    boolean progressive = dice.oneIn(2);
    int components = dice.of(1, 3, 3, 4);
    int sampling = dice.of(0x11, 0x22, 0x21, 0x12, 0x44, 0x41);
    parts.segments.removeIf(segment -> segment.marker != RESTARTS);
    parts.segments.add(new Segment(QUANTIZATION, quantization()));
    int marker = progressive ? PROGRESSIVE : dice.of(BASELINE, 0xc1);
    parts.segments.add(new Segment(marker, frame(sides, components, sampling)));
    parts.segments.add(new Segment(HUFFMAN, tables(false, progressive)));
    parts.segments.add(new Segment(HUFFMAN, tables(true, progressive)));
    int blocks = (sides.width() / 8 + 1) * (sides.height() / 8 + 1) * components;
    byte[] pixels = new byte[dice.oneIn(2) ? 1 : Math.min(dice.room(), blocks / 4 + 1)];
    parts.segments.add(scan(components, 0, progressive ? 0 : 63, 0, pixels));
    if (progressive) {
      scans(parts, dice);
    }
  }

  private static byte[] quantization() {
    byte[] table = new byte[65];
    Arrays.fill(table, 1, 65, (byte) 1);
    return table;
  }

  private static byte[] frame(Sides sides, int components, int sampling) {
    ByteWriter frame =
        ByteWriter.bigEndian().u8(8).u16(sides.height(), sides.width()).u8(components);
    for (int i = 1; i <= components; i++) {
      frame.u8(i, i == 1 ? sampling : 0x11, 0);
    }
    return frame.bytes();
  }

  /** One code, of one bit: the end of a block, or, where that exists, of 16,384 blocks. */
  private static byte[] tables(boolean alternating, boolean runs) {
    ByteWriter table = ByteWriter.bigEndian().u8(alternating ? 0x10 : 0).u8(1);
    return table.put(new byte[15]).u8(alternating && runs ? 0xe0 : 0).bytes();
  }

  private static Segment scan(int components, int from, int to, int bits, byte[] pixels) {
    ByteWriter header = ByteWriter.bigEndian().u8(components);
    for (int i = 1; i <= components; i++) {
      header.u8(i, 0);
    }
    return new Segment(SCAN, header.u8(from, to, bits).bytes()).coded(pixels);
  }

  /** Of frequencies, each of few bytes: of a progressive image where it is one. */
  private static void scans(Parts parts, Dice dice) {
    int count = Math.max(1, scans(dice, dice.times(20)) - 1);
    int left = dice.room();
    for (int i = 0; i < count && left > 0; i++) {
      int from = dice.oneIn(3) ? 1 : 1 + dice.below(63);
      int to = dice.oneIn(3) ? 63 : from + dice.below(64 - from);
      int bits = dice.of(0, 0, 1, 0x10, 0x21);
      byte[] pixels = new byte[dice.oneIn(2) ? 0 : dice.below(2000)];
      parts.segments.add(scan(1, from, to, bits, pixels));
      left -= 10 + pixels.length;
    }
  }

  private static void filler(Parts parts, Dice dice) {
    byte[] pixels = dice.filler(dice.upTo(dice.room()));
    parts.segments.replaceAll(s -> s.marker == SCAN ? s.coded(pixels) : s);
  }

  private static void frame(Parts parts, Dice dice) {
    parts.segments.replaceAll(
        segment -> {
          if (!segment.isFrame() || segment.content.length == 0) {
            return segment;
          }
          byte[] content = segment.content.clone();
          content[dice.below(content.length)] = (byte) dice.number();
          int marker = dice.oneIn(2) ? segment.marker : BASELINE + dice.below(16);
          return new Segment(marker, content);
        });
  }

  private static void restarts(Parts parts, Dice dice) {
    byte[] interval = ByteWriter.bigEndian().u16(dice.of(1, 2, dice.below(0x10000))).bytes();
    parts.segments.add(dice.below(1 + parts.indexOfScan()), new Segment(RESTARTS, interval));
    if (dice.oneIn(2)) {
      int count = dice.times(2);
      ByteWriter markers = ByteWriter.bigEndian();
      for (int i = 0; i < Math.min(count, 1 << 20); i++) {
        markers.u8(0xff, 0xd0 + i % 8);
      }
      byte[] pixels = markers.bytes();
      parts.segments.replaceAll(s -> s.marker == SCAN ? s.coded(pixels) : s);
    }
  }

  private static void length(Parts parts, Dice dice) {
    int index = dice.below(parts.segments.size());
    Segment s = parts.segments.get(index);
    parts.segments.set(index, new Segment(s.marker, s.content, s.pixels, s.times, dice.number()));
  }

  private static void exif(Parts parts, Dice dice) {
    byte[] block = ExifBlock.any(dice, LONGEST - 100);
    byte[] content = ByteWriter.joined(ByteWriter.latin("Exif\0\0"), block);
    parts.segments.add(
        0, new Segment(0xe1, Arrays.copyOf(content, Math.min(content.length, LONGEST))));
  }

  private static void tail(Parts parts, Dice dice) {
    byte[] filler = dice.filler(dice.upTo(dice.room()));
    parts.tail = dice.oneIn(2) ? filler : ByteWriter.joined(parts.tail, filler);
  }
}
