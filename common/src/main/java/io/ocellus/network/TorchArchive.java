package io.ocellus.network;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The zip of a TorchScript archive: entries stored as they are, each at a multiple of 64 bytes so
 * that it can be mapped, all under one folder and with one fixed time.
 */
final class TorchArchive implements Closeable {
  private static final String FOLDER = "model/";
  private static final int ALIGNMENT = 64;
  private static final int LOCAL_HEADER = 30;
  private static final int EXTRA_HEADER = 4;

  /** Later than the zip format's first moment, where Java would add a field in the local zone. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private final ZipOutputStream zip;
  private long offset;

  TorchArchive(Path file) throws IOException {
    zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
    zip.setMethod(ZipOutputStream.STORED);
  }

  void text(String name, String text) throws IOException {
    bytes(name, text.getBytes(StandardCharsets.UTF_8));
  }

  void bytes(String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(FOLDER + name);
    CRC32 crc = new CRC32();
    crc.update(content);
    entry.setCrc(crc.getValue());
    entry.setSize(content.length);
    entry.setTimeLocal(TIME);
    long header = offset + LOCAL_HEADER + entry.getName().length();
    byte[] padding = padding(header);
    entry.setExtra(padding);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
    offset = header + padding.length + content.length;
  }

  /** An extra field named FB, as PyTorch pads with. */
  private static byte[] padding(long header) {
    int length = EXTRA_HEADER + (int) Math.floorMod(-(header + EXTRA_HEADER), (long) ALIGNMENT);
    byte[] extra = new byte[length];
    extra[0] = 'F';
    extra[1] = 'B';
    extra[2] = (byte) (length - EXTRA_HEADER);
    return extra;
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
