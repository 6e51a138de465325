package io.ocellus.benchmarks.train;

import io.ocellus.benchmarks.Worker;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.Map;

/** A process that trains, a step at a time, whenever it is asked to. */
final class Peer implements AutoCloseable {
  private final Worker worker;
  private final String runtime;

  /**
   * @param name of it in the table
   * @param command that starts it
   * @param environment what it has besides this process's
   */
  Peer(String name, List<String> command, Map<String, String> environment) {
    worker = new Worker(name, command, environment, Redirect.DISCARD);
    runtime = worker.answer("runtime");
  }

  String name() {
    return worker.name();
  }

  /** What computes, with its version. */
  String runtime() {
    return runtime;
  }

  /** Trains a step. */
  Step step() {
    String[] seconds = worker.ask("", "step").split(" ", 2);
    return new Step(Double.parseDouble(seconds[0]), Double.parseDouble(seconds[1]));
  }

  /** Ends it and tells the most memory that it had, in bytes; 0 where nobody knows. */
  long peakBytes() {
    worker.noMoreQuestions();
    return Long.parseLong(worker.answer("peak"));
  }

  @Override
  public void close() {
    worker.close();
  }
}
