package io.ocellus.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.stream.Stream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Odd but valid files of every format, and the pixels that Pillow 12.3 makes of them by {@code
 * ImageOps.exif_transpose} and {@code convert("RGB")}. Of 16-bit greys the upper byte is expected,
 * of L*a*b* what littleCMS computes without its interpolated tables. What Pillow does not read or
 * reads wrongly (12 bits, 16-bit planes, big-endian BigTIFF, YCbCr without compression, 16-bit
 * white-is-zero) is held to the picture that was written.
 */
class PillowTest {
  private static final int TOLERANCE = 2;
  private static final JsonNode EXPECTED = expected();

  private final ImageDecoder decoder = new ImageDecoder(new ImageLimits(1_000_000, 1_000_000));

  @ParameterizedTest
  @MethodSource("names")
  void everyPixelIsWithinTwoLevels(String name) throws Exception {
    JsonNode pixels = EXPECTED.get("pixels").get(EXPECTED.get("files").get(name).asText());
    byte[] rgb = inflated(pixels.get("rgb").binaryValue());
    BufferedImage image = decoder.decode(SampleImages.bytes("pillow/" + name));

    assertThat(image.getWidth()).isEqualTo(pixels.get("width").asInt());
    assertThat(image.getHeight()).isEqualTo(pixels.get("height").asInt());
    assertThat(farthest(image, rgb)).as(name).isLessThanOrEqualTo(TOLERANCE);
  }

  private static int farthest(BufferedImage image, byte[] rgb) {
    RgbRows rows = RgbRows.of(image);
    int[] row = new int[image.getWidth()];
    int farthest = 0;
    for (int y = 0, at = 0; y < image.getHeight(); y++) {
      rows.read(y, row);
      for (int pixel : row) {
        for (int shift = 16; shift >= 0; shift -= 8) {
          farthest = Math.max(farthest, Math.abs(((pixel >> shift) & 0xff) - (rgb[at++] & 0xff)));
        }
      }
    }
    return farthest;
  }

  private static byte[] inflated(byte[] bytes) throws IOException {
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    }
  }

  private static Stream<String> names() {
    Iterator<String> names = EXPECTED.get("files").fieldNames();
    return Stream.iterate(names, Iterator::hasNext, n -> n).map(Iterator::next);
  }

  private static JsonNode expected() {
    try {
      return new ObjectMapper().readTree(SampleImages.bytes("pillow/expected.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
