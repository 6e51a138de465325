package io.ocellus.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** A PNG, put together chunk by chunk. */
final class PngFile {
  private final ByteArrayOutputStream png = new ByteArrayOutputStream();

  PngFile(int width, int height, int depth, int colours) {
    png.writeBytes("\u0089PNG\r\n\u001a\n".getBytes(ISO_8859_1));
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    chunk("IHDR", header.put((byte) depth).put((byte) colours).array());
  }

  PngFile chunk(String type, byte[] content) {
    png.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
    png.writeBytes(type.getBytes(ISO_8859_1));
    png.writeBytes(content);
    png.writeBytes(new byte[4]);
    return this;
  }

  /** All of it, with its end and its checksums. */
  byte[] bytes() {
    byte[] bytes = chunk("IEND", new byte[0]).png.toByteArray();
    Mutator.repairChecksums(bytes);
    return bytes;
  }

  /** So many zeros, deflated. */
  static byte[] zeros(long count) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater)) {
      byte[] piece = new byte[1 << 16];
      for (long left = count; left > 0; left -= piece.length) {
        out.write(piece, 0, (int) Math.min(left, piece.length));
      }
    } finally {
      deflater.end();
    }
    return packed.toByteArray();
  }
}
