package io.ocellus.image;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What many threads decode side by side may need more memory together than there is. What ran out
 * of it is done again while nothing else is; where memory does not suffice even then, the error
 * gets out.
 */
final class SharedHeap {
  private static final Logger log = LoggerFactory.getLogger(SharedHeap.class);

  private final ReadWriteLock users = new ReentrantReadWriteLock();

  /** Something that needs memory. */
  interface Work<T> {
    T run() throws BadImageException;
  }

  <T> T run(Work<T> work) throws BadImageException {
    try {
      return run(work, users.readLock());
    } catch (OutOfMemoryError e) {
      log.warn("Out of memory with an image; it is decoded again, alone: {}", e.toString());
      return run(work, users.writeLock());
    }
  }

  private static <T> T run(Work<T> work, Lock lock) throws BadImageException {
    lock.lock();
    try {
      return work.run();
    } finally {
      lock.unlock();
    }
  }
}
