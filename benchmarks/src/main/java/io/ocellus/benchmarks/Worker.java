package io.ocellus.benchmarks;

import io.ocellus.testbed.Footprint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process that works when it is asked to: a question is a line on its standard input, an answer a
 * line on its standard output that begins with the answer's kind. While others have their turn it
 * waits, so that peers share whatever else the machine is doing.
 */
public final class Worker implements AutoCloseable {
  /** How many threads a library takes is the worker's own business, as is how memory is kept. */
  private static final List<String> NOT_INHERITED = List.of("MALLOC_", "OMP_", "MKL_");

  private static final Duration FAREWELL = Duration.ofSeconds(30);

  private final String name;
  private final List<String> command;
  private final Process process;
  private final BufferedReader answers;
  private final Writer questions;

  /**
   * Starts it.
   *
   * @param name what messages call it
   * @param environment what it has besides this process's, less the settings of malloc and OpenMP
   * @param log where its standard error goes
   */
  public Worker(String name, List<String> command, Map<String, String> environment, Redirect log) {
    this.name = name;
    this.command = List.copyOf(command);
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log);
    builder
        .environment()
        .keySet()
        .removeIf(variable -> NOT_INHERITED.stream().anyMatch(variable::startsWith));
    builder.environment().putAll(environment);
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("%s does not start".formatted(name), e);
    }
    answers = process.inputReader(StandardCharsets.UTF_8);
    questions = process.outputWriter(StandardCharsets.UTF_8);
  }

  /** What messages call it. */
  public String name() {
    return name;
  }

  /** Asks, and waits for the answer. */
  public String ask(String question, String kind) {
    try {
      questions.write(question + "\n");
      questions.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " has ended", e);
    }
    return answer(kind);
  }

  /** Waits for an answer of that kind, and gives what follows the kind and a space. */
  public String answer(String kind) {
    try {
      for (String line = answers.readLine(); line != null; line = answers.readLine()) {
        if (line.startsWith(kind + " ")) {
          return line.substring(kind.length() + 1);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException(
        "%s has ended. It was started as: %s".formatted(name, String.join(" ", command)));
  }

  /** Whether it still runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** CPU seconds of all its threads since it was started; 0 where nobody knows. */
  public double cpuSeconds() {
    return process.info().totalCpuDuration().map(time -> time.toNanos() / 1e9).orElse(0.0);
  }

  /** The most memory that was resident, in bytes; Linux tells it, elsewhere 0. */
  public long peakBytes() {
    return Memory.peakBytes(Path.of("/proc", Long.toString(process.pid()), "status"));
  }

  /** What it holds now. */
  public Footprint footprint() {
    return Footprint.of(process);
  }

  /** Says that there are no more questions. */
  public void noMoreQuestions() {
    try {
      questions.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it, by asking and then by force. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      process.destroy();
    }
    try {
      if (!process.waitFor(FAREWELL.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
