package io.ocellus.network.weights;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** What {@code torch.save} wrote: one object, and the storages that its tensors are views of. */
interface TorchFile extends Closeable {

  /** Takes storages one by one. */
  @FunctionalInterface
  interface Sink {
    void take(String key, float[] values);
  }

  /** The object that was saved. */
  Object root();

  /** Hands each storage of these keys over, once; call it once. */
  void storages(Set<String> wanted, Sink sink) throws IOException;

  /** Opens either format, told apart by the first bytes. */
  static TorchFile open(Path file) throws IOException {
    return isZip(file) ? new TorchZip(file) : new TorchLegacy(file);
  }

  private static boolean isZip(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.read() == 'P' && in.read() == 'K';
    }
  }

  /** Whether the file is in one of the two formats, as far as its first bytes say. */
  static boolean looksLikeOne(Path file) throws IOException {
    if (isZip(file)) {
      return true;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.read() == 0x80;
    }
  }
}
