package io.ocellus.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.ocellus.failure.FailureReason;
import io.ocellus.image.guard.ImageGuard;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TiffStructureTest {
  private static final int LONG = 4;

  private final ImageDecoder decoder =
      new ImageDecoder(new ImageLimits(1_000_000, 1_000_000), ImageGuard.inMemory(Runnable::run));

  @ParameterizedTest
  @CsvSource({
    "257, 1, 0", // no height
    "258, 1, 65535", // bits per sample
    "258, 1, 25", // a table of 2^25 levels
    "262, 1, 65535", // colours
    "258, 2147483647, 8", // more values than bytes
    "277, 1, 65535", // samples per pixel
    "277, 1, 2", // fewer samples than RGB has
    "278, 1, 0", // rows of a strip
    "279, 1, 0",
    "279, 1, 2147483647", // bytes of a strip
    "279, 1, 100000",
    "279, 536870912, 8"
  })
  void aStripThatPromisesTooMuchIsRefusedWithoutMemoryForIt(int tag, int count, int value)
      throws IOException {
    assertRefused(damaged(written("Deflate", false), tag, count, value));
  }

  @ParameterizedTest
  @CsvSource({
    "322, 1, 268435456", // width of a tile
    "322, 1, 65552", // a row of which is longer than a side may be
    "258, 1, 64", // bits of a sample
    "323, 1, 16777216", // height of a tile
    "323, 1, 0",
    "325, 1, 2147483647", // bytes of a tile
    "325, 1, -1"
  })
  void aTileThatPromisesTooMuchIsRefusedWithoutMemoryForIt(int tag, int count, int value)
      throws IOException {
    assertRefused(damaged(written("Deflate", true), tag, count, value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"LZW", "JPEG", "ZLib", "PackBits", "Deflate"})
  void stripsAndTilesOfEveryCompressionAreRead(String compression) throws Exception {
    assertThat(decoder.decode(written(compression, false)).getWidth()).isEqualTo(40);
    assertThat(decoder.decode(written(compression, true)).getWidth()).isEqualTo(40);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aJpegInsideMustNotBeLargerThanAnImageMay(boolean tiled) throws IOException {
    byte[] bytes = written("JPEG", tiled);
    ByteBuffer file = ByteBuffer.wrap(bytes);
    int frames = 0;
    for (int i = 0; i + 9 < bytes.length; i++) {
      if ((file.getShort(i) & 0xffff) == 0xffc0) {
        file.putInt(i + 5, -1);
        frames++;
      }
    }
    assertThat(frames).isPositive();
    assertRefused(bytes);
  }

  @Test
  void manyTilesMustNotShareOneLargeJpeg() throws IOException {
    byte[] bytes = written("JPEG", true);
    ByteBuffer file = ByteBuffer.wrap(bytes);
    file.order(bytes[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    for (int tile = 0; tile < 6; tile++) {
      file.putInt(values(file, 324) + 4 * tile, 8).putInt(values(file, 325) + 4 * tile, 400);
    }
    assertRefused(bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, -2, Integer.MAX_VALUE, 8388616})
  void oneStripMayClaimAnyNumberOfRows(int rows) throws Exception {
    byte[] bytes = damaged(SampleImages.bytes("deflate.tif"), 278, 1, rows);

    assertThat(decoder.decode(bytes).getHeight()).isEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 6})
  void signedFloatingPointAndComplexSamplesAreRefused(int format) throws IOException {
    byte[] bytes = written("Deflate", false);
    ByteBuffer file = ByteBuffer.wrap(bytes);
    file.order(bytes[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    file.putShort(entry(file, 282), (short) 339); // in place of the resolution
    assertRefused(damaged(bytes, 339, 1, format));
  }

  @Test
  void anEmptyTileDoesNotKeepTheOthersFromBeingChecked() throws IOException {
    byte[] bytes = written("JPEG", true);
    ByteBuffer file = ByteBuffer.wrap(bytes);
    file.order(bytes[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    file.putInt(values(file, 325), 0);
    assertRefused(bytes);
  }

  private void assertRefused(byte[] bytes) {
    assertReason(bytes);
    long before = allocated();
    assertReason(bytes);
    assertThat(allocated() - before).isLessThan(1_000_000);
  }

  private void assertReason(byte[] bytes) {
    assertThatThrownBy(() -> decoder.decode(bytes))
        .isInstanceOfSatisfying(
            BadImageException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.UNDECODABLE));
  }

  private static int values(ByteBuffer file, int tag) {
    return file.getInt(entry(file, tag) + 8);
  }

  private static int entry(ByteBuffer file, int tag) {
    int entry = file.getInt(4) + 2;
    while ((file.getShort(entry) & 0xffff) != tag) {
      entry += 12;
    }
    return entry;
  }

  private static byte[] damaged(byte[] tiff, int tag, int count, int value) {
    ByteBuffer file = ByteBuffer.wrap(tiff);
    file.order(tiff[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int entry = entry(file, tag);
    file.putShort(entry + 2, (short) LONG).putInt(entry + 4, count).putInt(entry + 8, value);
    return tiff;
  }

  private static byte[] written(String compression, boolean tiled) throws IOException {
    ImageWriter writer = JdkWriter.of("tiff");
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    param.setCompressionType(compression);
    if (tiled) {
      param.setTilingMode(ImageWriteParam.MODE_EXPLICIT);
      param.setTiling(16, 16, 0, 0);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream output = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(output);
      BufferedImage image = new BufferedImage(40, 24, BufferedImage.TYPE_INT_RGB);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
