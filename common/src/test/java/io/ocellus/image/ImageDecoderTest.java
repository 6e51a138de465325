package io.ocellus.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ocellus.failure.FailureReason;
import io.ocellus.testbed.SyntheticImages;
import io.ocellus.testbed.SyntheticImages.Broken;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
  private final ImageDecoder decoder = new ImageDecoder(new ImageLimits(1_000_000, 1_000_000));

  @ParameterizedTest
  @FieldSource("io.ocellus.image.SampleImages#EXACT")
  void losslessFormatsGiveTheirPixels(String name) throws Exception {
    assertColours(name, 0);
  }

  @ParameterizedTest
  @FieldSource("io.ocellus.image.SampleImages#LOSSY")
  void lossyFormatsComeNear(String name) throws Exception {
    assertColours(name, name.endsWith(".webp") ? 24 : 8);
  }

  @ParameterizedTest
  @FieldSource("io.ocellus.image.SampleImages#HELD")
  void howACameraWasHeldIsUndone(String name) throws Exception {
    assertColours(name, name.endsWith(".jpg") ? 8 : 0);
  }

  @Test
  void anOrientationThatCannotBeReadIsNone() throws Exception {
    byte[] bytes = SampleImages.bytes("held-6.jpg");
    int block = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("Exif") + 6;
    Arrays.fill(bytes, block + 4, block + 8, (byte) 0x7f);
    assertThat(decoder.decode(bytes).getHeight()).isEqualTo(12);
  }

  @ParameterizedTest
  @FieldSource("io.ocellus.image.SampleImages#GREY")
  void greysKeepTheirLevels(String name) throws Exception {
    int[] row = firstRow(decoder.decode(SampleImages.bytes(name)));
    for (int x = 0; x < row.length; x++) {
      for (int shift : new int[] {0, 8, 16}) {
        assertThat((row[x] >> shift) & 0xff).isCloseTo(SampleImages.red(x), within(2));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("allSamples")
  void whatIsCutOffAnywhereIsRefused(String name) {
    byte[] whole = SampleImages.bytes(name);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      if (!name.endsWith(".gif") || length < whole.length - 1) {
        assertThatThrownBy(() -> decoder.decode(cut))
            .as("%s cut to %d of %d bytes", name, length, whole.length)
            .isInstanceOf(BadImageException.class);
      }
    }
  }

  @Test
  void anythingElseIsUnsupported() {
    assertReason(
        FailureReason.UNSUPPORTED_FORMAT, "%PDF-1.7 and so on".getBytes(StandardCharsets.UTF_8));
    assertReason(FailureReason.UNSUPPORTED_FORMAT, new byte[] {1});
    assertReason(FailureReason.EMPTY, new byte[0]);
  }

  @Test
  void tooManyBytesAreRefusedUnread() {
    ImageDecoder small = new ImageDecoder(new ImageLimits(50, 1_000_000));

    assertThatThrownBy(() -> small.decode(SampleImages.bytes("rgb.png")))
        .isInstanceOfSatisfying(
            BadImageException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.TOO_LARGE_BYTES));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"rgb.png", "baseline.jpg", "palette.gif", "rgb.bmp", "rgb.tif", "lossy.webp"})
  void tooManyPixelsAreRefusedByTheHeader(String name) throws Exception {
    assertThat(new ImageDecoder(new ImageLimits(1000, 96)).decode(SampleImages.bytes(name)))
        .isNotNull();
    ImageDecoder small = new ImageDecoder(new ImageLimits(1000, 95));

    assertThatThrownBy(() -> small.decode(SampleImages.bytes(name)))
        .isInstanceOfSatisfying(
            BadImageException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.TOO_MANY_PIXELS))
        .hasMessageContaining("12 x 8");
  }

  @Test
  void aBombIsRefusedWithoutMemoryForItsPixels() {
    byte[] bomb = new SyntheticImages(32, 1).broken(Broken.BOMB);
    ImageDecoder generous = new ImageDecoder(new ImageLimits(1_000_000, 50_000_000));
    assertReason(generous, FailureReason.TOO_MANY_PIXELS, bomb);
    long before = allocated();
    assertReason(generous, FailureReason.TOO_MANY_PIXELS, bomb);
    assertThat(allocated() - before).isLessThan(1_000_000);
  }

  @ParameterizedTest
  @CsvSource({
    "EMPTY, EMPTY",
    "TEXT, UNSUPPORTED_FORMAT",
    "TRUNCATED, UNDECODABLE",
    "CORRUPT, UNDECODABLE",
    "BOMB, TOO_MANY_PIXELS"
  })
  void whatIsBrokenOnPurposeHasItsReason(Broken kind, FailureReason reason) {
    assertReason(reason, new SyntheticImages(32, 1).broken(kind));
  }

  @Test
  void aFlippedBitInAPngIsNoticed() {
    byte[] bytes = SampleImages.bytes("rgb.png");
    bytes[bytes.length - 20] ^= 1;

    assertReason(FailureReason.UNDECODABLE, bytes);
  }

  @Test
  void aBmpMustNotWrapAnotherImage() {
    byte[] bytes = SampleImages.bytes("rgb.bmp");
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(30, 5);

    assertReason(FailureReason.UNDECODABLE, bytes);
  }

  @Test
  void measurementsAreNoColours() {
    assertReason(FailureReason.UNDECODABLE, SampleImages.bytes("more/float.tif"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"more/rgb4.tif", "more/itulab.tif"})
  void coloursThatWouldBeWrongAreRefused(String name) {
    assertThatThrownBy(() -> decoder.decode(SampleImages.bytes(name)))
        .isInstanceOfSatisfying(
            BadImageException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.UNDECODABLE))
        .hasMessageContaining("colours");
  }

  @Test
  void countlessScansAreRefused() {
    byte[] jpeg = SampleImages.bytes("progressive.jpg");
    byte[] scan = HexFormat.of().parseHex("ffda0008010100003f00");
    ByteBuffer scans = ByteBuffer.allocate(jpeg.length + 200 * scan.length);
    scans.put(jpeg, 0, jpeg.length - 2);
    for (int i = 0; i < 200; i++) {
      scans.put(scan);
    }
    scans.put(jpeg, jpeg.length - 2, 2);

    assertThatThrownBy(() -> decoder.decode(scans.array()))
        .isInstanceOf(BadImageException.class)
        .hasMessageContaining("scans");
  }

  @Test
  void bytesAfterTheImageDoNoHarm() throws Exception {
    for (String name : List.of("baseline.jpg", "rgb.png", "palette.gif", "lossless.webp")) {
      byte[] whole = SampleImages.bytes(name);
      assertThat(decoder.decode(Arrays.copyOf(whole, whole.length + 20)).getWidth()).isEqualTo(12);
    }
  }

  private static Stream<String> allSamples() {
    return Stream.of(SampleImages.EXACT, SampleImages.LOSSY, SampleImages.GREY)
        .flatMap(List::stream);
  }

  private void assertColours(String name, int tolerance) throws Exception {
    BufferedImage image = decoder.decode(SampleImages.bytes(name));
    assertThat(image.getHeight()).isEqualTo(8);
    int[] row = new int[12];
    for (int y = 0; y < 8; y++) {
      RgbRows.of(image).read(y, row);
      for (int x = 0; x < 12; x++) {
        assertThat((row[x] >> 16) & 0xff).isCloseTo(SampleImages.red(x), within(tolerance));
        assertThat((row[x] >> 8) & 0xff).isCloseTo(SampleImages.green(y), within(tolerance));
        assertThat(row[x] & 0xff).isCloseTo(SampleImages.blue(x, y), within(tolerance));
      }
    }
  }

  private static int[] firstRow(BufferedImage image) {
    int[] row = new int[image.getWidth()];
    RgbRows.of(image).read(0, row);
    return row;
  }

  private void assertReason(FailureReason reason, byte[] bytes) {
    assertReason(decoder, reason, bytes);
  }

  private static void assertReason(ImageDecoder decoder, FailureReason reason, byte[] bytes) {
    assertThatThrownBy(() -> decoder.decode(bytes))
        .isInstanceOfSatisfying(
            BadImageException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean)
            java.lang.management.ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
