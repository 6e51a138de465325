package io.ocellus.image.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * The part of the heap that images may fill, in MiB. Each image reserves what it needs before it
 * allocates it and waits where that is not free, so that images that arrive together do not need
 * more memory than there is.
 */
final class HeapShare {
  /** The rest is for records on their way, the state store's cache and everything else. */
  private static final double SHARE_OF_HEAP = 0.6;

  private static final long MIB = 1 << 20;
  private static final int PIECE = 1 << 20;

  private final int all;
  private final Semaphore free;

  HeapShare() {
    this(ofHeap(Runtime.getRuntime().maxMemory()));
  }

  HeapShare(long bytes) {
    all = (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytes / MIB));
    free = new Semaphore(all, true);
  }

  /** The bytes that images may fill of a heap of that size. */
  static long ofHeap(long maxHeap) {
    return (long) (maxHeap * SHARE_OF_HEAP);
  }

  /**
   * Waits until so much is free; more than there is counts as all of it.
   *
   * @return what to give back to {@link #release}
   */
  int acquire(long bytes) {
    int wanted = (int) Math.min(all, Math.max(1, (bytes + MIB - 1) / MIB));
    free.acquireUninterruptibly(wanted);
    return wanted;
  }

  /** Waits until no other image has any of it. */
  int acquireAll() {
    free.acquireUninterruptibly(all);
    return all;
  }

  /**
   * Whether so much can be allocated now, so that running out of memory is no fault of the heap.
   */
  boolean holds(long bytes) {
    List<byte[]> pieces = new ArrayList<>();
    try {
      for (long left = bytes; left > 0; left -= PIECE) {
        pieces.add(new byte[PIECE]);
      }
      return pieces.size() * (long) PIECE >= bytes;
    } catch (OutOfMemoryError e) {
      return false;
    }
  }

  void release(int acquired) {
    free.release(acquired);
  }
}
