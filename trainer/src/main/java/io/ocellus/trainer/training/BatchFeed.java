package io.ocellus.trainer.training;

import io.ocellus.trainer.data.Sample;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The batches of one pass over the samples, made ahead by some threads while the last one trains,
 * and handed out in order. A last image that would be alone gets the last of the batch before it
 * for company, where that has three or more: batch statistics of one image are poor.
 */
final class BatchFeed implements Iterator<HostBatch>, AutoCloseable {
  private static final int THREADS =
      Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors() - 1));
  private static final int AHEAD = THREADS + 2;

  private final List<List<Sample>> plan = new ArrayList<>();
  private final BatchMaker maker;
  private final int epoch;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          THREADS,
          work -> {
            Thread made = new Thread(work, "ocellus-batches");
            made.setDaemon(true);
            return made;
          });
  private final BlockingQueue<Future<HostBatch>> ahead = new ArrayBlockingQueue<>(AHEAD);
  private int submitted;

  BatchFeed(BatchMaker maker, List<Sample> samples, int batchSize, int epoch) {
    this.maker = maker;
    this.epoch = epoch;
    int from = 0;
    while (from < samples.size()) {
      int to = Math.min(from + batchSize, samples.size());
      to = to == samples.size() - 1 && to - from > 2 ? to - 1 : to;
      plan.add(samples.subList(from, to));
      from = to;
    }
    fill();
  }

  private void fill() {
    while (submitted < plan.size() && ahead.remainingCapacity() > 0) {
      List<Sample> samples = plan.get(submitted++);
      ahead.add(threads.submit(() -> maker.make(samples, epoch)));
    }
  }

  /** How many there are in all. */
  int batches() {
    return plan.size();
  }

  @Override
  public boolean hasNext() {
    return !ahead.isEmpty();
  }

  @Override
  public HostBatch next() {
    Future<HostBatch> first = ahead.poll();
    if (first == null) {
      throw new NoSuchElementException();
    }
    try {
      HostBatch batch = first.get();
      fill();
      return batch;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TrainingInterruptedException();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("A batch could not be made", e.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
