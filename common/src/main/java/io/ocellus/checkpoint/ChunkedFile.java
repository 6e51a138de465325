package io.ocellus.checkpoint;

import io.ocellus.file.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A file on its way into the topic, piece by piece. */
final class ChunkedFile {
  /**
   * Small enough for a broker with default limits, and for the young generation of a heap of 1 GiB:
   * at twice the size each is humongous to G1, and a publication is a cycle of marking.
   */
  static final int CHUNK_BYTES = 256 * 1024;

  private final Path path;

  private ChunkedFile(Path path) {
    this.path = path;
  }

  /** Takes a chunk. */
  interface Target {
    void chunk(int number, byte[] bytes);
  }

  static ChunkedFile at(Path path) {
    return new ChunkedFile(path);
  }

  /** The files of that folder by name, without a manifest that may lie beside them. */
  static List<ChunkedFile> in(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().equals(CheckpointFolder.MANIFEST))
          .sorted()
          .map(ChunkedFile::new)
          .toList();
    }
  }

  long size() throws IOException {
    return Files.size(path);
  }

  String name() {
    return path.getFileName().toString();
  }

  /** Its size, hash and number of chunks; an empty file is one empty chunk. */
  FileEntry entry() throws IOException {
    return send((number, bytes) -> {});
  }

  /** Hands over its chunks in order and says what they were. */
  FileEntry send(Target target) throws IOException {
    MessageDigest digest = Sha256.digest();
    long size = 0;
    int chunks = 0;
    try (InputStream in = Files.newInputStream(path)) {
      byte[] chunk = next(in);
      do {
        target.chunk(chunks++, chunk);
        digest.update(chunk);
        size += chunk.length;
        chunk = next(in);
      } while (chunk.length > 0);
    }
    return new FileEntry(name(), size, Sha256.hex(digest), chunks);
  }

  private static byte[] next(InputStream in) throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    int length = in.readNBytes(chunk, 0, chunk.length);
    return length == chunk.length ? chunk : Arrays.copyOf(chunk, length);
  }
}
