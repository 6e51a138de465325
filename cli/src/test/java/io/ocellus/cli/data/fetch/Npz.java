package io.ocellus.cli.data.fetch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A file as numpy.savez writes it. */
final class Npz {
  private final Map<String, byte[]> arrays = new LinkedHashMap<>();

  /** An array in version 1 of the format. */
  static byte[] array(String header, byte[] data) {
    int length = (header.length() + 1 + 10 + 63) / 64 * 64 - 10;
    ByteBuffer bytes = ByteBuffer.allocate(10 + length + data.length);
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    bytes.put("\u0093NUMPY\1\0".getBytes(StandardCharsets.ISO_8859_1));
    bytes.putShort((short) length);
    bytes.put(header.getBytes(StandardCharsets.UTF_8));
    while (bytes.position() < 10 + length - 1) {
      bytes.put((byte) ' ');
    }
    return bytes.put((byte) '\n').put(data).array();
  }

  static String header(String type, String shape) {
    return "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(type, shape);
  }

  Npz with(String name, String type, String shape, byte[] data) {
    arrays.put(name, array(header(type, shape), data));
    return this;
  }

  byte[] bytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
        zip.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
        zip.write(array.getValue());
      }
    }
    return bytes.toByteArray();
  }

  Path write(Path file) throws IOException {
    return Files.write(file, bytes());
  }
}
