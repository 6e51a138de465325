package io.ocellus.inferencer.classify;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Gathers what arrives one by one into batches. A batch closes when it is full, when its first item
 * has waited long enough or nothing more is expected, or when the next item belongs to another
 * model: after a swap, what was prepared for the old model still runs on the old one. Where passes
 * run side by side, a thread leaves the others their share of what waits.
 *
 * @param <T> what is batched
 */
final class Batcher<T> {
  private record Waiting<T>(T item, Object group, long arrived) {}

  private final ToIntFunction<T> maxSize;
  private final ToIntFunction<T> threads;
  private final long maxWait;
  private final Function<T, Object> group;
  private final Deque<Waiting<T>> queue = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int expected;

  /** Items of a batch that has closed and of which a thread has taken its share. */
  private int due;

  /**
   * @param maxSize items in a batch that begins with this one, at most
   * @param threads by how many what waits is divided, so that none is idle while another has
   *     several; 1 where one may take it all
   * @param maxWait how long the first item of a batch waits, at most
   * @param group items run together only where this is the same object
   */
  Batcher(
      ToIntFunction<T> maxSize,
      ToIntFunction<T> threads,
      Duration maxWait,
      Function<T, Object> group) {
    this.maxSize = maxSize;
    this.threads = threads;
    this.maxWait = maxWait.toNanos();
    this.group = group;
  }

  /** An item may come: batches wait for it, for as long as they may. */
  void expect() {
    lock.lock();
    try {
      expected++;
    } finally {
      lock.unlock();
    }
  }

  /** An item that was expected has been added, or will not come. */
  void expected() {
    lock.lock();
    try {
      expected--;
      if (expected == 0) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  void add(T item) {
    lock.lock();
    try {
      queue.add(new Waiting<>(item, group.apply(item), System.nanoTime()));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The next batch, in order of arrival; waits until there is one. */
  List<T> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        while (queue.isEmpty()) {
          changed.await();
        }
        int most = maxSize.applyAsInt(queue.element().item());
        int together = together(most);
        long wait = queue.element().arrived() + maxWait - System.nanoTime();
        if (due > 0 || together == most || together < queue.size() || expected == 0 || wait <= 0) {
          int count = Math.min(together, share());
          due = together - count;
          if (due > 0) {
            changed.signalAll();
          }
          return poll(count);
        }
        changed.await(wait, TimeUnit.NANOSECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Items that wait. */
  int size() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  private int together(int most) {
    Iterator<Waiting<T>> waiting = queue.iterator();
    Object first = waiting.next().group();
    int count = 1;
    while (count < most && waiting.hasNext() && waiting.next().group() == first) {
      count++;
    }
    return count;
  }

  private int share() {
    int parts = threads.applyAsInt(queue.element().item());
    return (queue.size() + parts - 1) / parts;
  }

  private List<T> poll(int count) {
    List<T> batch = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      batch.add(queue.remove().item());
    }
    return batch;
  }
}
