package io.ocellus.trainer.folder;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A temporary file of equally long pieces, read and written by any thread. Not a channel: those
 * close when one of the threads is interrupted, as batch threads are.
 */
final class PlaneFile implements AutoCloseable {
  private final Path path;
  private final RandomAccessFile file;
  private final int length;

  private PlaneFile(Path path, RandomAccessFile file, int length) {
    this.path = path;
    this.file = file;
    this.length = length;
  }

  /** A new one of pieces of that many bytes. */
  static PlaneFile in(Path folder, int length) {
    try {
      Files.createDirectories(folder);
      Path path = Files.createTempFile(folder, ".pixels-", "");
      path.toFile().deleteOnExit();
      return new PlaneFile(path, new RandomAccessFile(path.toFile(), "rw"), length);
    } catch (IOException e) {
      throw new UncheckedIOException("Decoded images cannot be kept in " + folder, e);
    }
  }

  synchronized void write(int place, byte[] piece) {
    try {
      file.seek((long) length * place);
      file.write(piece);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Decoded images cannot be kept in %s; is the disk full?".formatted(path), e);
    }
  }

  synchronized byte[] read(int place) {
    byte[] piece = new byte[length];
    try {
      file.seek((long) length * place);
      file.readFully(piece);
      return piece;
    } catch (IOException e) {
      throw new UncheckedIOException("Decoded images cannot be read from " + path, e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      file.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be deleted", e);
    }
  }
}
