package io.ocellus.network.weights;

import io.ocellus.network.ElementType;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The format since PyTorch 1.6: a zip of stored entries, {@code NAME/data.pkl} with the object and
 * {@code NAME/data/KEY} with each storage.
 */
final class TorchZip implements TorchFile {
  private static final String PICKLE = "data.pkl";

  private final ZipFile zip;
  private final String folder;
  private final Map<String, StorageRef> storages = new HashMap<>();
  private final Object root;

  TorchZip(Path file) throws IOException {
    zip = new ZipFile(file.toFile());
    try {
      ZipEntry pickle = pickle();
      folder = pickle.getName().substring(0, pickle.getName().length() - PICKLE.length());
      refuseOtherKinds();
      try (InputStream in = new BufferedInputStream(zip.getInputStream(pickle))) {
        root = Pickle.read(in, storages);
      }
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private ZipEntry pickle() throws PickleException {
    for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
      ZipEntry entry = all.nextElement();
      if (entry.getName().endsWith("/" + PICKLE) || entry.getName().equals(PICKLE)) {
        return entry;
      }
    }
    throw new PickleException("it is a zip without %s".formatted(PICKLE));
  }

  private void refuseOtherKinds() throws IOException {
    if (zip.getEntry(folder + "constants.pkl") != null) {
      throw new PickleException("it is a TorchScript archive; its state_dict() is wanted");
    }
    ZipEntry order = zip.getEntry(folder + "byteorder");
    if (order != null) {
      try (InputStream in = zip.getInputStream(order)) {
        if (!new String(in.readNBytes(16), StandardCharsets.US_ASCII).strip().equals("little")) {
          throw new PickleException("its values are not little-endian");
        }
      }
    }
  }

  @Override
  public Object root() {
    return root;
  }

  @Override
  public void storages(Set<String> wanted, Sink sink) throws IOException {
    for (String key : wanted) {
      sink.take(key, values(storages.get(key)));
    }
  }

  /** Entries are stored as they are, so that none can be larger than the file. */
  private float[] values(StorageRef storage) throws IOException {
    ElementType type = storage.type();
    ZipEntry entry = zip.getEntry(folder + "data/" + storage.key());
    if (entry == null
        || entry.getMethod() != ZipEntry.STORED
        || entry.getSize() != entry.getCompressedSize()
        || entry.getSize() / type.size() != storage.elements()) {
      throw new PickleException(
          "its entry for storage %s does not hold %d elements"
              .formatted(storage.key(), storage.elements()));
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return type.decode(in, Math.toIntExact(storage.elements()));
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
