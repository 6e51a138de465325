package io.ocellus.file;

import io.ocellus.config.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The state folder of a service, which one process uses at a time. */
public final class StateFolder implements AutoCloseable {
  private static final String LOCK = ".lock";

  private final FileChannel channel;

  private StateFolder(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Makes sure that the folder could be taken now, before anything in it is touched.
   *
   * @throws ConfigurationException as of {@link #take}
   */
  public static void requireFree(Path folder) {
    take(folder).close();
  }

  /**
   * Takes the folder until this is closed or the process ends, however it ends.
   *
   * @param folder the setting {@code state-dir}; it is created
   * @throws ConfigurationException where another service uses it, or nothing can be written there
   */
  public static StateFolder take(Path folder) {
    Folders.ensureWritable("state-dir", folder);
    try {
      FileChannel channel =
          FileChannel.open(
              folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw new ConfigurationException(
            "state-dir %1$s is in use by another service: give this one a folder of its own, such as state-dir=%1$s-2"
                .formatted(folder.toAbsolutePath()));
      }
      return new StateFolder(channel);
    } catch (IOException e) {
      throw new ConfigurationException(
          "state-dir %s cannot be locked (%s): it must be on a disk that knows locks"
              .formatted(folder.toAbsolutePath(), e),
          e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("A state folder was not given back", e);
    }
  }
}
