package io.ocellus.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows a picture, such as the film of a phone's motion photo, changes nothing. */
class TrailingDataTest {
  private static final int FILM = 8_000_000;

  private final ImageDecoder decoder = new ImageDecoder(new ImageLimits(20_000_000, 50_000_000));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "baseline.jpg",
        "progressive.jpg",
        "cmyk.jpg",
        "rgb.png",
        "palette.gif",
        "lossless.webp",
        "lossy.webp",
        "rgb.tif",
        "lzw.tif",
        "more/jpeg.tif",
        "pillow/rgb-bigtiff.tif",
        "rgb.bmp",
        "more/animated.gif",
        "more/animated.webp"
      })
  void aFilmBehindThePictureIsIgnored(String name) throws Exception {
    byte[] bytes = SampleImages.bytes(name);
    byte[] film = film();
    byte[] both = ByteBuffer.allocate(bytes.length + film.length).put(bytes).put(film).array();

    assertThat(PixelContent.of(decoder.decode(both)))
        .usingRecursiveComparison()
        .isEqualTo(PixelContent.of(decoder.decode(bytes)));
  }

  @Test
  void aFilmDoesNotTurnThePicture() throws Exception {
    byte[] bytes = SampleImages.bytes("baseline.jpg");
    byte[] held = SampleImages.bytes("held-6.jpg");
    byte[] both = ByteBuffer.allocate(bytes.length + held.length).put(bytes).put(held).array();

    assertThat(decoder.decode(both).getWidth()).isEqualTo(12);
  }

  /** Noise with the marks by which formats begin their parts. */
  private static byte[] film() {
    byte[] film = new byte[FILM];
    new SplittableRandom(1).nextBytes(film);
    byte[][] marks = {
      HexFormat.of().parseHex("ffd8ffe1"),
      HexFormat.of().parseHex("ffda000c03010002110311003f00"),
      HexFormat.of().parseHex("ffc00011080fff0fff03012200021101031101"),
      HexFormat.of().parseHex("ffd9"),
      ascii("\0\0\0\30ftypmp42"),
      ascii("\0\0\0\15IHDR"),
      ascii("\0\0\0\0IEND"),
      ascii("GIF89a"),
      ascii("II*\0\10\0\0\0"),
      ascii("RIFF\0\1\0\0WEBPVP8 "),
    };
    ByteBuffer to = ByteBuffer.wrap(film).put(marks[4]);
    for (int i = 0; i < FILM / 1000 - 1; i++) {
      to.position(1000 * i + 100).put(marks[i % marks.length]);
    }
    return film;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
