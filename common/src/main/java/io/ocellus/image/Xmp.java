package io.ocellus.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.IIOException;

/**
 * The orientation in an image's XMP packet, which is XML: the property {@code tiff:Orientation}, as
 * attribute or element. Found as Pillow finds it, without an XML parser.
 */
final class Xmp {
  private static final Pattern ORIENTATION = Pattern.compile("tiff:Orientation(?:=\"|>)([0-9])");

  private static final String JPEG_PREFIX = "http://ns.adobe.com/xap/1.0/\0";
  private static final String PNG_TEXT = "XML:com.adobe.xmp";
  private static final int RIFF_CHUNK = 0x20504d58; // XMP and a space
  private static final int TIFF_TAG = 700;
  private static final int MOST_BYTES = 1 << 20;

  private Xmp() {}

  /** The value, where there is one; throws unchecked where the bytes end too early. */
  static OptionalInt orientation(ImageFormat format, byte[] bytes) throws IIOException {
    Optional<String> packet =
        switch (format) {
          case JPEG -> Metadata.jpegApp1(bytes, JPEG_PREFIX).map(Xmp::text);
          case TIFF -> inTiff(bytes).map(Xmp::text);
          case PNG -> PngText.of(bytes, PNG_TEXT);
          case WEBP -> Metadata.riffChunk(bytes, RIFF_CHUNK).map(Xmp::text);
          case GIF, BMP -> Optional.empty();
        };
    return packet
        .map(ORIENTATION::matcher)
        .filter(Matcher::find)
        .map(found -> OptionalInt.of(Integer.parseInt(found.group(1))))
        .orElseGet(OptionalInt::empty);
  }

  private static Optional<ByteBuffer> inTiff(byte[] bytes) throws IIOException {
    return TiffDirectory.read(ByteBuffer.wrap(bytes))
        .entry(TIFF_TAG)
        .map(entry -> ByteBuffer.wrap(bytes).slice(entry.start(), entry.bytes()));
  }

  private static String text(ByteBuffer packet) {
    byte[] bytes = new byte[Math.min(MOST_BYTES, packet.limit())];
    packet.get(0, bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
