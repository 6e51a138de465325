package io.ocellus.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** A text of a PNG: chunks tEXt, zTXt and iTXt. Compressed ones are read up to a mebibyte. */
final class PngText {
  private static final int PLAIN = 0x74455874;
  private static final int COMPRESSED = 0x7a545874;
  private static final int INTERNATIONAL = 0x69545874;
  private static final int MOST_BYTES = 1 << 20;

  private PngText() {}

  /** The first text of that keyword; unchecked where its chunk ends too early. */
  static Optional<String> of(byte[] png, String keyword) {
    ByteBuffer bytes = ByteBuffer.wrap(png);
    for (PngStructure.Chunk chunk : PngStructure.chunks(png)) {
      if (isText(chunk.type()) && Metadata.begins(bytes, chunk.at(), keyword + '\0')) {
        int skipped = keyword.length() + 1;
        return Optional.of(
            text(chunk.type(), bytes.slice(chunk.at() + skipped, chunk.length() - skipped)));
      }
    }
    return Optional.empty();
  }

  private static boolean isText(int type) {
    return type == PLAIN || type == COMPRESSED || type == INTERNATIONAL;
  }

  private static String text(int type, ByteBuffer content) {
    boolean compressed = type == COMPRESSED;
    if (type == COMPRESSED) {
      content.get(); // method
    } else if (type == INTERNATIONAL) {
      compressed = content.get() == 1;
      content.get(); // method
      skipToZero(content); // language
      skipToZero(content); // translated keyword
    }
    byte[] bytes =
        new byte[compressed ? content.remaining() : Math.min(MOST_BYTES, content.remaining())];
    content.get(bytes);
    return new String(compressed ? inflated(bytes) : bytes, StandardCharsets.ISO_8859_1);
  }

  private static void skipToZero(ByteBuffer content) {
    while (content.get() != 0) {}
  }

  private static byte[] inflated(byte[] bytes) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(bytes);
      byte[] text = new byte[MOST_BYTES];
      int length = 0;
      int more;
      do {
        more = inflater.inflate(text, length, MOST_BYTES - length);
        length += more;
      } while (more > 0);
      return Arrays.copyOf(text, length);
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("a text that is not compressed as it says", e);
    } finally {
      inflater.end();
    }
  }
}
