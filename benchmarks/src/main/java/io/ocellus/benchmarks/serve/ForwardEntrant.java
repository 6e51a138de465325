package io.ocellus.benchmarks.serve;

import io.ocellus.benchmarks.Worker;
import io.ocellus.benchmarks.serve.contender.ContenderKind;
import java.util.List;
import java.util.stream.Stream;

/** A contender that runs forward passes over images in memory. */
final class ForwardEntrant implements Entrant {
  private final ContenderKind kind;
  private final Worker worker;
  private final int batch;
  private final String runtime;

  ForwardEntrant(ContenderKind kind, Worker worker, int batch) {
    this.kind = kind;
    this.worker = worker;
    this.batch = batch;
    this.runtime = worker.answer("runtime");
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
    return worker.peakBytes();
  }

  @Override
  public Turn backlog(Arrival arrival, int round, int images) {
    double cpu = worker.cpuSeconds();
    int batches = (images + batch - 1) / batch;
    double seconds = Double.parseDouble(worker.ask("batches " + batches, "answer"));
    return new Turn(
        arrival,
        kind,
        round,
        batches * batch,
        seconds,
        worker.cpuSeconds() - cpu,
        List.of(),
        List.of());
  }

  @Override
  public Turn lone(int round, int images) {
    double cpu = worker.cpuSeconds();
    List<Double> millis =
        Stream.of(worker.ask("singles " + images, "answer").split(" "))
            .map(seconds -> Double.parseDouble(seconds) * 1e3)
            .toList();
    double seconds = millis.stream().mapToDouble(Double::doubleValue).sum() / 1e3;
    return new Turn(
        Arrival.LONE, kind, round, images, seconds, worker.cpuSeconds() - cpu, List.of(), millis);
  }

  @Override
  public Turn steady(Arrival arrival, int round, int images, double imagesPerSecond) {
    throw new UnsupportedOperationException("Forward passes have no arrivals");
  }

  @Override
  public void close() {
    worker.close();
  }
}
