package io.ocellus.network.weights;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The format until PyTorch 1.5, which {@code _use_new_zipfile_serialization=False} still writes:
 * one pickle each for a magic number, a version, the machine, the object and the keys of the
 * storages; then each storage, as its length in 64 bits and its values.
 */
final class TorchLegacy implements TorchFile {
  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final long VERSION = 1001;

  private final InputStream in;
  private final long size;
  private final Map<String, StorageRef> storages = new HashMap<>();
  private final Object root;
  private final List<?> keys;

  TorchLegacy(Path file) throws IOException {
    size = Files.size(file);
    in = new BufferedInputStream(Files.newInputStream(file));
    try {
      if (!MAGIC.equals(Pickle.read(in))) {
        throw new PickleException("it is a pickle, but not one that torch.save wrote");
      }
      Object version = Pickle.read(in);
      if (!version.equals(VERSION)) {
        throw new PickleException("it has version %s, not %d".formatted(version, VERSION));
      }
      checkMachine(Pickle.read(in));
      root = Pickle.read(in, storages);
      keys = Pickle.read(in) instanceof List<?> list ? list : List.of();
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private static void checkMachine(Object machine) throws PickleException {
    if (!(machine instanceof Map<?, ?> map) || !Boolean.TRUE.equals(map.get("little_endian"))) {
      throw new PickleException("its values are not little-endian");
    }
  }

  @Override
  public Object root() {
    return root;
  }

  @Override
  public void storages(Set<String> wanted, Sink sink) throws IOException {
    Set<String> missing = new HashSet<>(wanted);
    for (Object key : keys) {
      if (missing.isEmpty()) {
        return;
      }
      StorageRef storage = next(key);
      if (missing.remove(storage.key())) {
        sink.take(storage.key(), storage.type().decode(in, Math.toIntExact(storage.elements())));
      } else {
        in.skipNBytes(storage.elements() * storage.type().size());
      }
    }
    if (!missing.isEmpty()) {
      throw new PickleException("storages %s are missing".formatted(missing));
    }
  }

  private StorageRef next(Object key) throws IOException {
    StorageRef storage = storages.get(String.valueOf(key));
    long elements = length();
    if (storage == null || elements != storage.elements()) {
      throw new PickleException(
          "storage %s holds %d elements, which it did not announce".formatted(key, elements));
    }
    if (elements > size / storage.type().size()) {
      throw new EOFException("it is too short for %d elements".formatted(elements));
    }
    return storage;
  }

  private long length() throws IOException {
    byte[] bytes = in.readNBytes(Long.BYTES);
    if (bytes.length < Long.BYTES) {
      throw new EOFException("it ends before its last tensor");
    }
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
