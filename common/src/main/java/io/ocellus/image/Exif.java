package io.ocellus.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Finds the EXIF block of an image, which is a little TIFF. A TIFF is its own. */
final class Exif {
  private static final byte[] PREFIX = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final int JPEG_APP1 = 0xffe1;
  private static final int JPEG_SCAN = 0xffda;
  private static final int RIFF_CHUNKS = 12;
  private static final int RIFF_EXIF = 0x46495845;

  private Exif() {}

  /** The block, where there is one; throws unchecked where the bytes end too early. */
  static Optional<ByteBuffer> of(ImageFormat format, byte[] bytes) {
    return switch (format) {
      case JPEG -> inJpeg(ByteBuffer.wrap(bytes));
      case TIFF -> Optional.of(ByteBuffer.wrap(bytes));
      case PNG -> inPng(bytes);
      case WEBP -> inRiff(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
      case GIF, BMP -> Optional.empty();
    };
  }

  private static Optional<ByteBuffer> inJpeg(ByteBuffer jpeg) {
    int at = 2;
    while (true) {
      int marker = jpeg.getShort(at) & 0xffff;
      if (marker == 0xffff) {
        at++; // filling
        continue;
      }
      if (marker <= 0xff00 || marker == JPEG_SCAN) {
        return Optional.empty();
      }
      int length = jpeg.getShort(at + 2) & 0xffff;
      if (marker == JPEG_APP1 && begins(jpeg, at + 4)) {
        return Optional.of(jpeg.slice(at + 4 + PREFIX.length, length - 2 - PREFIX.length));
      }
      at += 2 + length;
    }
  }

  private static Optional<ByteBuffer> inPng(byte[] png) {
    for (PngStructure.Chunk chunk : PngStructure.chunks(png)) {
      if (chunk.type() == PngStructure.EXIF) {
        return Optional.of(ByteBuffer.wrap(png).slice(chunk.at(), chunk.length()));
      }
    }
    return Optional.empty();
  }

  private static Optional<ByteBuffer> inRiff(ByteBuffer riff) {
    int at = RIFF_CHUNKS;
    while (at + 8 <= riff.limit()) {
      int length = riff.getInt(at + 4);
      if (length < 0) {
        return Optional.empty();
      }
      if (riff.getInt(at) == RIFF_EXIF) {
        int prefix = begins(riff, at + 8) ? PREFIX.length : 0;
        return Optional.of(riff.slice(at + 8 + prefix, length - prefix));
      }
      at = Math.addExact(at, Math.addExact(8, Math.addExact(length, length & 1)));
    }
    return Optional.empty();
  }

  private static boolean begins(ByteBuffer buffer, int at) {
    return at + PREFIX.length <= buffer.limit()
        && buffer.slice(at, PREFIX.length).equals(ByteBuffer.wrap(PREFIX));
  }
}
