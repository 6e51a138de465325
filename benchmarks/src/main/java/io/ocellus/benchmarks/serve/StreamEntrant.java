package io.ocellus.benchmarks.serve;

import io.ocellus.benchmarks.Worker;
import io.ocellus.benchmarks.serve.Releases.Release;
import io.ocellus.benchmarks.serve.Swaps.Life;
import io.ocellus.benchmarks.serve.contender.ContenderKind;
import io.ocellus.benchmarks.serve.contender.LonePause;
import io.ocellus.service.Json;
import io.ocellus.testbed.Footprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A contender that goes from topic to topic. All times are taken here: from the moment that images
 * show in its topic to the moment that a reader of committed results has theirs.
 */
final class StreamEntrant implements Entrant {
  private static final int TENTHS = 10;

  private final ContenderKind kind;
  private final List<Worker> workers;
  private final Feed feed;
  private final Arrivals arrivals;
  private final @Nullable Releases releases;
  private final String runtime;

  /**
   * Waits until it has classified one image.
   *
   * @param workers its instances, which share the topic's partitions
   * @param releases of the model that it serves, where it follows them
   */
  StreamEntrant(
      ContenderKind kind,
      List<Worker> workers,
      Feed feed,
      Arrivals arrivals,
      @Nullable Releases releases) {
    this.kind = kind;
    this.workers = workers;
    this.feed = feed;
    this.arrivals = arrivals;
    this.releases = releases;
    this.runtime = workers.stream().map(worker -> worker.answer("runtime")).toList().get(0);
    feed.send();
    arrivals.await(1, this::trouble);
  }

  private Optional<String> trouble() {
    return workers.stream().allMatch(Worker::isAlive)
        ? Optional.empty()
        : Optional.of(kind.title() + " has ended");
  }

  @Override
  public ContenderKind kind() {
    return kind;
  }

  @Override
  public String runtime() {
    return runtime;
  }

  @Override
  public long peakBytes() {
    return workers.stream().mapToLong(Worker::peakBytes).sum();
  }

  private Footprint footprint() {
    return Footprint.sum(workers.stream().map(Worker::footprint));
  }

  private double cpuSeconds() {
    return workers.stream().mapToDouble(Worker::cpuSeconds).sum();
  }

  @Override
  public Turn backlog(Arrival arrival, int round, int images) {
    feed.prepare(images);
    Clock clock = new Clock();
    feed.show();
    List<Long> came = List.copyOf(arrivals.await(images, this::trouble).values());
    List<Double> tenths = new ArrayList<>();
    for (int i = 1; i <= TENTHS; i++) {
      tenths.add((came.get(images * i / TENTHS - 1) - clock.began) / 1e9);
    }
    return clock.turn(arrival, round, images, tenths, List.of());
  }

  @Override
  public Turn lone(int round, int images) {
    List<Double> millis = new ArrayList<>();
    Clock clock = new Clock();
    for (int i = 0; i < images; i++) {
      LonePause.before(i, images);
      long began = System.nanoTime();
      String id = feed.send();
      millis.add((arrivals.await(1, this::trouble).get(id) - began) / 1e6);
    }
    return clock.turn(Arrival.LONE, round, images, List.of(), millis);
  }

  @Override
  public Turn steady(Arrival arrival, int round, int images, double imagesPerSecond) {
    if (arrival == Arrival.SWAPS) {
      return swaps(round, images, imagesPerSecond);
    }
    Clock clock = new Clock();
    List<Life> lives = evenly(images, imagesPerSecond, result -> {});
    return clock.turn(arrival, round, images, List.of(), millis(lives));
  }

  private Turn swaps(int round, int images, double imagesPerSecond) {
    List<Life> lives = new ArrayList<>();
    Map<Integer, Long> first = new HashMap<>();
    Clock clock = new Clock();
    List<Release> published =
        Objects.requireNonNull(releases)
            .during(
                () ->
                    lives.addAll(
                        evenly(
                            images,
                            imagesPerSecond,
                            result -> first.putIfAbsent(version(result), System.nanoTime()))),
                this::footprint);
    return clock
        .turn(Arrival.SWAPS, round, images, List.of(), millis(lives))
        .with(Swaps.of(lives, published, first, footprint()));
  }

  private static int version(byte[] result) {
    try {
      return Json.MAPPER.readTree(result).path("version").asInt();
    } catch (IOException e) {
      throw new UncheckedIOException("A result is no JSON", e);
    }
  }

  private static List<Double> millis(List<Life> lives) {
    return lives.stream().map(Life::millis).toList();
  }

  private List<Life> evenly(int images, double imagesPerSecond, Consumer<byte[]> results) {
    Map<String, Long> due = Collections.synchronizedMap(new LinkedHashMap<>());
    CompletableFuture<Void> sending =
        CompletableFuture.runAsync(() -> sendEvenly(images, imagesPerSecond, due));
    Map<String, Long> came =
        arrivals.await(
            images,
            () ->
                sending.isCompletedExceptionally()
                    ? Optional.of("The broker takes no more images")
                    : trouble(),
            results);
    sending.join();
    return due.entrySet().stream()
        .map(image -> new Life(image.getValue(), came.get(image.getKey())))
        .toList();
  }

  /** An image's time begins when it was due, even where the one before it was sent late. */
  private void sendEvenly(int images, double imagesPerSecond, Map<String, Long> due) {
    long began = System.nanoTime();
    for (int i = 0; i < images; i++) {
      long when = began + (long) (i * 1e9 / imagesPerSecond);
      for (long left = when - System.nanoTime(); left > 0; left = when - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      due.put(feed.send(), when);
    }
  }

  /** What has passed since it was made. */
  private final class Clock {
    private final double cpu = cpuSeconds();
    private final long began = System.nanoTime();

    Turn turn(Arrival arrival, int round, int images, List<Double> tenths, List<Double> millis) {
      double seconds = (System.nanoTime() - began) / 1e9;
      return new Turn(arrival, kind, round, images, seconds, cpuSeconds() - cpu, tenths, millis);
    }
  }

  @Override
  public void close() {
    workers.forEach(Worker::close);
    feed.close();
    arrivals.close();
    if (releases != null) {
      releases.close();
    }
  }
}
