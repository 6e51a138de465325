package io.ocellus.image;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/** Finds the EXIF block of an image, which is a little TIFF. A TIFF is its own. */
final class Exif {
  private static final String PREFIX = "Exif\0\0";

  /** ImageMagick's and exiftool's way in a PNG: name, length and hexadecimal digits in a text. */
  private static final String PNG_TEXT = "Raw profile type exif";

  private static final int LINES_BEFORE_DIGITS = 3;
  private static final int RIFF_CHUNK = 0x46495845;

  private Exif() {}

  /** The block, where there is one; throws unchecked where the bytes end too early. */
  static Optional<ByteBuffer> of(ImageFormat format, byte[] bytes) {
    return switch (format) {
      case JPEG -> Metadata.jpegApp1(bytes, PREFIX);
      case TIFF -> Optional.of(ByteBuffer.wrap(bytes));
      case PNG -> inPng(bytes);
      case WEBP -> Metadata.riffChunk(bytes, RIFF_CHUNK).map(Exif::withoutPrefix);
      case GIF, BMP -> Optional.empty();
    };
  }

  private static Optional<ByteBuffer> inPng(byte[] png) {
    for (PngStructure.Chunk chunk : PngStructure.chunks(png)) {
      if (chunk.type() == PngStructure.EXIF) {
        return Optional.of(withoutPrefix(ByteBuffer.wrap(png).slice(chunk.at(), chunk.length())));
      }
    }
    return PngText.of(png, PNG_TEXT).map(Exif::ofDigits).map(Exif::withoutPrefix);
  }

  private static ByteBuffer ofDigits(String text) {
    String[] lines = text.split("\n", LINES_BEFORE_DIGITS + 1);
    if (lines.length <= LINES_BEFORE_DIGITS) {
      throw new IllegalArgumentException("an EXIF block without digits");
    }
    return ByteBuffer.wrap(
        HexFormat.of().parseHex(lines[LINES_BEFORE_DIGITS].replaceAll("\\s", "")));
  }

  private static ByteBuffer withoutPrefix(ByteBuffer block) {
    return Metadata.begins(block, 0, PREFIX)
        ? block.slice(PREFIX.length(), block.limit() - PREFIX.length())
        : block;
  }
}
