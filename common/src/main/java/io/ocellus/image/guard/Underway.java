package io.ocellus.image.guard;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The images that are being decoded at this moment, in a file that is mapped into memory: what was
 * written to it is there after the process was killed, and a write costs no system call.
 */
final class Underway implements AutoCloseable {
  private static final int SLOTS = 1024;
  private static final int SLOT_BYTES = 2 * Long.BYTES;

  private final FileChannel channel;
  private final MappedByteBuffer slots;
  private final Queue<Integer> free = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;

  private Underway(FileChannel channel, MappedByteBuffer slots) {
    this.channel = channel;
    this.slots = slots;
  }

  /**
   * Opens the file, of which another process must not have hold.
   *
   * @throws IOException where it cannot be used
   */
  static Underway open(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) {
        throw new IOException("another process uses it");
      }
      return new Underway(
          channel, channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) SLOTS * SLOT_BYTES));
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new IOException("this process uses it already", e);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Empties the file and returns what the process before left in it. */
  List<Fingerprint> takeOver() {
    List<Fingerprint> left = new ArrayList<>();
    for (int slot = 0; slot < SLOTS; slot++) {
      Fingerprint found =
          new Fingerprint(
              slots.getLong(slot * SLOT_BYTES), slots.getLong(slot * SLOT_BYTES + Long.BYTES));
      if (!found.equals(Fingerprint.NONE)) {
        left.add(found);
      }
      end(slot);
    }
    return left;
  }

  /**
   * An image is underway.
   *
   * @return what to give to {@link #end}
   */
  int begin(Fingerprint image) {
    Integer slot = free.poll();
    if (slot == null || closed) {
      return -1;
    }
    slots.putLong(slot * SLOT_BYTES, image.high());
    slots.putLong(slot * SLOT_BYTES + Long.BYTES, image.low());
    return slot;
  }

  /** It is underway no more. */
  void end(int slot) {
    if (slot < 0) {
      return;
    }
    slots.putLong(slot * SLOT_BYTES, 0);
    slots.putLong(slot * SLOT_BYTES + Long.BYTES, 0);
    free.add(slot);
  }

  /** A process that ends in good order suspects no image. */
  @Override
  public void close() throws IOException {
    closed = true;
    for (int at = 0; at < slots.capacity(); at += Long.BYTES) {
      slots.putLong(at, 0);
    }
    channel.close();
  }
}
