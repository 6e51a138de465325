package io.ocellus.benchmarks.serve.contender;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Forward passes over tensors that are in memory already, as many at a time as the inferencer runs.
 * Questions: {@code batches N} for the seconds that N full batches take on all threads together,
 * and {@code singles N} for the seconds of each of N passes over one image on one thread, after
 * pauses as between images that come alone.
 */
final class ForwardPasses implements Contender {
  private final String runtime;
  private final AutoCloseable network;
  private final List<Lane> lanes = new ArrayList<>();

  /** A thread with its inputs. */
  private record Lane(ExecutorService thread, Runnable batch, Runnable single) {}

  /** Makes what a thread runs. */
  interface Maker {
    /** A forward pass over a tensor of so many images that is made now; called on its thread. */
    Runnable pass(int images) throws Exception;
  }

  ForwardPasses(String runtime, AutoCloseable network, Task task, Maker maker) {
    this.runtime = runtime;
    this.network = network;
    for (int i = 0; i < task.threads(); i++) {
      ExecutorService thread = Executors.newSingleThreadExecutor();
      lanes.add(
          get(thread.submit(() -> new Lane(thread, maker.pass(task.batch()), maker.pass(1)))));
    }
  }

  @Override
  public String runtime() {
    return runtime;
  }

  @Override
  public String answer(String question) {
    String[] words = question.split(" ", 2);
    int count = Integer.parseInt(words[1]);
    return switch (words[0]) {
      case "batches" -> Double.toString(batches(count));
      case "singles" -> singles(count);
      default -> throw new IllegalArgumentException(question);
    };
  }

  private double batches(int count) {
    AtomicInteger left = new AtomicInteger(count);
    return seconds(
        () -> {
          List<Future<?>> running = new ArrayList<>();
          for (Lane lane : lanes) {
            running.add(
                lane.thread()
                    .submit(
                        () -> {
                          while (left.getAndDecrement() > 0) {
                            lane.batch().run();
                          }
                        }));
          }
          running.forEach(ForwardPasses::get);
        });
  }

  private String singles(int count) {
    Lane lane = lanes.get(0);
    Callable<List<Double>> passes =
        () -> {
          List<Double> seconds = new ArrayList<>();
          for (int i = 0; i < count; i++) {
            LonePause.before(i, count);
            seconds.add(seconds(lane.single()));
          }
          return seconds;
        };
    return get(lane.thread().submit(passes)).stream()
        .map(String::valueOf)
        .collect(Collectors.joining(" "));
  }

  private static double seconds(Runnable work) {
    long began = System.nanoTime();
    work.run();
    return (System.nanoTime() - began) / 1e9;
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    lanes.forEach(lane -> lane.thread().shutdownNow());
    try {
      network.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
