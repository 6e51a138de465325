package io.ocellus.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.ocellus.failure.FailureReason;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A few bytes that become many, wherever a format lets something be compressed. */
class DecompressionBombTest {
  private static final int SIDE = 8;
  private static final int UNPACKED = 400_000_000;

  private final Bounded decoder = new Bounded();

  @AfterEach
  void close() {
    decoder.close();
  }

  /** Texts and profiles are not looked at. */
  @ParameterizedTest
  @ValueSource(strings = {"zTXt", "iTXt", "iCCP"})
  void aPngWhoseTextOrProfileUnpacksToHundredsOfMegabytesIsAnImageLikeAnyOther(String chunk)
      throws Exception {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.write("x\0".getBytes(ISO_8859_1));
    content.write(chunk.equals("iTXt") ? new byte[] {1, 0, 0, 0} : new byte[] {0});
    content.write(PngFile.zeros(UNPACKED));
    assertThat(decoder.decode(png(chunk, content.toByteArray(), PngFile.zeros(pixelBytes()))))
        .isEmpty();
  }

  @Test
  void pixelsThatUnpackToMoreThanTheHeaderSaysAreNotUnpacked() throws Exception {
    byte[] png = png("tEXt", "x\0y".getBytes(ISO_8859_1), PngFile.zeros(UNPACKED));
    assertThat(decoder.decode(png))
        .satisfiesAnyOf(
            outcome -> assertThat(outcome).isEmpty(),
            outcome -> assertThat(outcome).contains(FailureReason.UNDECODABLE));
  }

  @Test
  void aHeaderThatPromisesMoreThanIsAllowedIsADeadLetter() throws Exception {
    byte[] png = png("tEXt", "x\0y".getBytes(ISO_8859_1), PngFile.zeros(pixelBytes()));
    ByteBuffer.wrap(png).putInt(16, 60_000).putInt(20, 60_000);
    Mutator.repairChecksums(png);
    assertThat(decoder.decode(png)).contains(FailureReason.TOO_MANY_PIXELS);
  }

  @Test
  void aHeaderThatPromisesMoreThanThereIsIsADeadLetter() throws Exception {
    byte[] png = png("tEXt", "x\0y".getBytes(ISO_8859_1), PngFile.zeros(pixelBytes()));
    ByteBuffer.wrap(png).putInt(16, 1000).putInt(20, 1000);
    Mutator.repairChecksums(png);
    assertThat(decoder.decode(png)).contains(FailureReason.UNDECODABLE);
  }

  @Test
  void aStripOfATiffThatUnpacksToMoreThanItsRowsIsNotUnpacked() throws Exception {
    assertThat(decoder.decode(tiff(SIDE, SIDE, PngFile.zeros(UNPACKED))))
        .satisfiesAnyOf(
            outcome -> assertThat(outcome).isEmpty(),
            outcome -> assertThat(outcome).contains(FailureReason.UNDECODABLE));
  }

  @Test
  void aTiffThatPromisesMoreThanIsAllowedIsADeadLetter() throws Exception {
    assertThat(decoder.decode(tiff(60_000, 60_000, PngFile.zeros(1000))))
        .contains(FailureReason.TOO_MANY_PIXELS);
  }

  /** 16,383 x 16,383 pixels in a canvas of 12 x 8, as a still picture and as a frame. */
  @ParameterizedTest
  @ValueSource(strings = {"profile.webp", "animated.webp"})
  void aWebpWithAPictureBeyondItsCanvasIsADeadLetter(String name) {
    byte[] webp = SampleImages.bytes("more/" + name);
    int picture = new String(webp, ISO_8859_1).indexOf("VP8 ");
    ByteBuffer.wrap(webp)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(picture + 14, (short) 16_383)
        .putShort(picture + 16, (short) 16_383);
    assertThat(decoder.decode(webp)).contains(FailureReason.UNDECODABLE);
  }

  /** It would be taken from the heap before the profile is looked at. */
  @Test
  void aColourProfileThatSaysItHasAGigabyteIsADeadLetter() {
    assertThat(decoder.decode(withLargeProfile("profile.jpg"))).contains(FailureReason.UNDECODABLE);
  }

  @Test
  void thatOfAWebpIsNotLookedAt() {
    assertThat(decoder.decode(withLargeProfile("profile.webp"))).isEmpty();
  }

  private static byte[] withLargeProfile(String name) {
    byte[] image = SampleImages.bytes("more/" + name);
    int signature = new String(image, ISO_8859_1).indexOf("acsp");
    ByteBuffer.wrap(image).putInt(signature - 36, 1 << 30);
    return image;
  }

  /** A reader takes whatever is no letter for the zero that ends its name. */
  @ParameterizedTest
  @ValueSource(bytes = {1, 0x1f, -1})
  void soIsOneWhoseNameEndsInAnotherWay(byte end) {
    byte[] jpeg = SampleImages.bytes("more/profile.jpg");
    String text = new String(jpeg, ISO_8859_1);
    ByteBuffer.wrap(jpeg)
        .put(text.indexOf("ICC_PROFILE") + 11, end)
        .putInt(text.indexOf("acsp") - 36, 1 << 30);
    assertThat(decoder.decode(jpeg)).contains(FailureReason.UNDECODABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"palette.gif", "animated.gif"})
  void aGifWithAScreenThatIsTooLargeIsADeadLetterOrItsSmallPicture(String name) {
    byte[] gif = SampleImages.bytes(name.startsWith("a") ? "more/" + name : name);
    ByteBuffer.wrap(gif)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(6, (short) 0xffff)
        .putShort(8, (short) 0xffff);
    assertThat(decoder.decode(gif))
        .satisfiesAnyOf(
            outcome -> assertThat(outcome).isEmpty(),
            outcome -> assertThat(outcome).contains(FailureReason.TOO_MANY_PIXELS));
  }

  private static int pixelBytes() {
    return SIDE * (1 + SIDE);
  }

  /** A grey PNG with one chunk more. */
  private static byte[] png(String chunk, byte[] content, byte[] pixels) {
    return new PngFile(SIDE, SIDE, 8, 0).chunk(chunk, content).chunk("IDAT", pixels).bytes();
  }

  /** A grey TIFF of one deflated strip. */
  private static byte[] tiff(int width, int height, byte[] strip) {
    int[][] entries = {
      {256, width},
      {257, height},
      {258, 8},
      {259, 8},
      {262, 1},
      {273, 200},
      {277, 1},
      {278, height},
      {279, strip.length}
    };
    ByteBuffer tiff = ByteBuffer.allocate(200 + strip.length).order(ByteOrder.LITTLE_ENDIAN);
    tiff.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8);
    tiff.putShort((short) entries.length);
    for (int[] entry : entries) {
      tiff.putShort((short) entry[0]).putShort((short) 4).putInt(1).putInt(entry[1]);
    }
    tiff.putInt(0).position(200).put(strip);
    return tiff.array();
  }
}
