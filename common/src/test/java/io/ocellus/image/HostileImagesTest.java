package io.ocellus.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.ocellus.failure.FailureReason;
import io.ocellus.image.guard.ImageGuard;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Images that cost far more than their size, each of a kind that did: for ever, quadratic time,
 * gigabytes of memory, or an exception behind the decoder.
 */
@Timeout(120)
class HostileImagesTest {
  private static final Framing FRAMING = Framing.stretch(32);
  private static final Duration PLENTY = Duration.ofMillis(1500);

  /** A little more than the image itself. */
  private static final long FEW_BYTES = 30_000_000;

  /** An image of 50 million pixels. */
  private static final long MANY_BYTES = 400_000_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** A WebP of 16,383 x 3,051 pixels with every transform. */
  private static final String FLAT_WEBP =
      "5249464630000000574542505650384c230000002ffebffa0281e842"
          + "440c5ad0832644149999010000000000000000000000000000000000";

  private final ImageDecoder decoder =
      new ImageDecoder(new ImageLimits(20_000_000, 50_000_000), ImageGuard.inMemory(Runnable::run));

  @ParameterizedTest
  @ValueSource(ints = {-12, -8, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 0})
  void bytesBehindTheEndOfAPngAreNotLookedAt(int length) throws Exception {
    byte[] png = png(32, 32, 0);
    byte[] behind =
        ByteBuffer.allocate(png.length + 8).put(png).putInt(length).putInt(0x41414141).array();
    assertImage(behind);
  }

  @ParameterizedTest
  @CsvSource({"fe, 1", "fe, 255", "ff, 1", "ff, 255", "01, 100"})
  void extensionsOfAGifAreNotReadHoweverLong(String label, int block) throws Exception {
    byte[] gif = SampleImages.bytes("palette.gif");
    int screen = 13 + 3 * (2 << (gif[10] & 7));
    ByteBuffer longer = ByteBuffer.allocate(19_000_000);
    longer.put(gif, 0, screen).put((byte) 0x21).put((byte) Integer.parseInt(label, 16));
    while (longer.remaining() > gif.length + block + 1) {
      longer.put((byte) block).put(new byte[block]);
    }
    longer.put((byte) 0).put(gif, screen, gif.length - screen);
    assertImage(longer.array());
  }

  @ParameterizedTest
  @ValueSource(ints = {320, 34675, 347, 532, 529, 700, 33723})
  void aTagOfATiffThatIsThereAThousandTimesIsRefused(int tag) throws Exception {
    int[][] entries = new int[9 + 1000][];
    System.arraycopy(greyTiff(), 0, entries, 0, 9);
    for (int i = 9; i < entries.length; i++) {
      entries[i] = new int[] {tag, 1, 4_000_000, 13_000};
    }
    assertRefused(FailureReason.UNDECODABLE, tiff(entries, 4_100_000));
  }

  @Test
  void tagsOfATiffThatShareTheirValuesAreRefused() throws Exception {
    int[][] entries = greyTiff();
    for (int[] entry : entries) {
      entry[1] = 1;
      entry[2] = 15_000_000;
      entry[3] = 200;
    }
    assertRefused(FailureReason.UNDECODABLE, tiff(entries, 16_000_000));
  }

  @Test
  void aMillionStripsOfATiffAreRefused() throws Exception {
    int[][] entries = greyTiff();
    entries[1][3] = 1_000_000;
    entries[5] = new int[] {273, 4, 1_000_000, 200};
    entries[7][3] = 1;
    entries[8] = new int[] {279, 4, 1_000_000, 4_000_200};
    assertRefused(FailureReason.UNDECODABLE, tiff(entries, 8_100_000));
  }

  @Test
  void stripsOfATiffThatShareTheirDataAreRefused() throws Exception {
    int[][] entries = greyTiff();
    entries[1][3] = 1000;
    entries[5] = new int[] {273, 4, 1000, 200};
    entries[7][3] = 1;
    entries[8] = new int[] {279, 4, 1000, 4200};
    byte[] tiff = tiff(entries, 100_000);
    ByteBuffer file = ByteBuffer.wrap(tiff).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 1000; i++) {
      file.putInt(200 + 4 * i, 10_000).putInt(4200 + 4 * i, 50_000);
    }
    assertRefused(FailureReason.UNDECODABLE, tiff);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 2000000",
    "2000000, 1",
    "1, 23000000",
    "3300000, 1",
    "65536, 1",
    "1, 50000000",
    "2, 70000"
  })
  void aSideBeyondAllMeasureIsRefused(int width, int height) throws Exception {
    assertRefused(FailureReason.TOO_MANY_PIXELS, png(width, height, 0));
  }

  @ParameterizedTest
  @CsvSource({"1, 65535", "65535, 1", "20, 65535", "65535, 20"})
  void theLongestSidesAreResized(int width, int height) throws Exception {
    for (Resize resize : Resize.values()) {
      byte[] png = png(width, height, 0);
      for (int size : new int[] {8, 224}) {
        assertThat(decoder.levels(png, new Framing(size, resize))).hasSize(3 * size * size);
      }
    }
  }

  @Test
  void deeperImagesHaveFewerPixels() throws Exception {
    assertRefused(FailureReason.TOO_MANY_PIXELS, png(7_000, 7_000, 6));
    int[][] entries = greyTiff();
    entries[0][3] = 7_000;
    entries[1][3] = 7_000;
    entries[2][3] = 32;
    entries[6][3] = 2;
    assertRefused(FailureReason.TOO_MANY_PIXELS, tiff(entries, 100_000));
  }

  @Test
  void aMillionChunksWithoutDataTakeNoTime() throws Exception {
    byte[] png = png(32, 32, 0);
    byte[] empty = new byte[12];
    System.arraycopy("IDAT".getBytes(ISO_8859_1), 0, empty, 4, 4);
    ByteBuffer longer = ByteBuffer.allocate(png.length + 1_000_000 * empty.length);
    longer.put(png, 0, 33);
    for (int i = 0; i < 1_000_000; i++) {
      longer.put(empty);
    }
    longer.put(png, 33, png.length - 33);
    Mutator.repairChecksums(longer.array());
    assertImage(longer.array());
  }

  @Test
  void framesOfAWebpWithinEachOtherAreRefused() throws Exception {
    int depth = 200_000;
    ByteBuffer webp = ByteBuffer.allocate(30 + 24 * depth).order(ByteOrder.LITTLE_ENDIAN);
    webp.put("RIFF".getBytes(ISO_8859_1)).putInt(webp.capacity() - 8);
    webp.put("WEBPVP8X".getBytes(ISO_8859_1)).putInt(10).putInt(2).putInt(15).putShort((short) 0);
    for (int i = 1; i <= depth; i++) {
      webp.put("ANMF".getBytes(ISO_8859_1)).putInt(16 + 24 * (depth - i));
      webp.put(new byte[16]);
    }
    assertRefused(FailureReason.UNDECODABLE, webp.array());
  }

  @Test
  void aLargeWebpOfAFewBytesTakesLittleTime() throws Exception {
    byte[] webp = HexFormat.of().parseHex(FLAT_WEBP);
    assertImage(webp);
  }

  @Test
  void aFilmBehindAJpegIsNotLookedAt() throws Exception {
    byte[] jpeg = SampleImages.bytes("baseline.jpg");
    ByteBuffer film = ByteBuffer.allocate(8_000_000).put(jpeg);
    while (film.remaining() > 1) {
      film.putShort((short) 0xffda);
    }
    assertImage(film.array());
  }

  @Test
  void manyScansOfALargeJpegAreRefused() {
    byte[] jpeg = SampleImages.bytes("progressive.jpg");
    int frame = new String(jpeg, ISO_8859_1).indexOf("\u00ff\u00c2");
    byte[] scan = HexFormat.of().parseHex("ffda0008010100003f00");
    ByteBuffer scans = ByteBuffer.allocate(jpeg.length + 50 * scan.length);
    scans.put(jpeg, 0, jpeg.length - 2);
    for (int i = 0; i < 50; i++) {
      scans.put(scan);
    }
    scans.put(jpeg, jpeg.length - 2, 2);
    scans.putShort(frame + 5, (short) 7000).putShort(frame + 7, (short) 7000);
    assertRefused(FailureReason.UNDECODABLE, scans.array());
  }

  private void assertImage(byte[] bytes) throws BadImageException {
    decoder.levels(bytes, FRAMING);
    long cpu = THREADS.getCurrentThreadCpuTime();
    long memory = THREADS.getCurrentThreadAllocatedBytes();
    assertThat(decoder.levels(bytes, FRAMING)).hasSize(3 * 32 * 32);
    assertCheap(cpu, memory, MANY_BYTES);
  }

  private void assertRefused(FailureReason reason, byte[] bytes) {
    long cpu = THREADS.getCurrentThreadCpuTime();
    long memory = THREADS.getCurrentThreadAllocatedBytes();
    assertThatThrownBy(() -> decoder.levels(bytes, FRAMING))
        .isInstanceOfSatisfying(
            BadImageException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    assertCheap(cpu, memory, FEW_BYTES);
  }

  private static void assertCheap(long cpuBefore, long memoryBefore, long mostBytes) {
    assertThat(Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - cpuBefore)).isLessThan(PLENTY);
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - memoryBefore).isLessThan(mostBytes);
  }

  /**
   * A picture of zeros.
   *
   * @param colours 0 for grey of 1 bit, 6 for red, green, blue and alpha of 16 bits
   */
  private static byte[] png(int width, int height, int colours) throws IOException {
    long row = 1 + (colours == 0 ? (width + 7) / 8 : 8L * width);
    return new PngFile(width, height, colours == 0 ? 1 : 16, colours)
        .chunk("IDAT", PngFile.zeros(Math.min(row * height, 100_000_000)))
        .bytes();
  }

  /** Tag, type, count and value or offset of 16 x 16 grey pixels. */
  private static int[][] greyTiff() {
    return new int[][] {
      {256, 4, 1, 16},
      {257, 4, 1, 16},
      {258, 3, 1, 8},
      {259, 3, 1, 1},
      {262, 3, 1, 1},
      {273, 4, 1, 20_000},
      {277, 3, 1, 1},
      {278, 4, 1, 16},
      {279, 4, 1, 256}
    };
  }

  private static byte[] tiff(int[][] entries, int bytes) {
    ByteBuffer tiff = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    tiff.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8);
    tiff.putShort((short) entries.length);
    for (int[] entry : entries) {
      tiff.putShort((short) entry[0]).putShort((short) entry[1]).putInt(entry[2]).putInt(entry[3]);
    }
    return tiff.array();
  }
}
