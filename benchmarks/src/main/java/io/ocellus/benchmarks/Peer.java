package io.ocellus.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A process that trains, a step at a time, whenever it is asked to. While others have their turn it
 * waits, so that peers share whatever else the machine is doing.
 */
final class Peer implements AutoCloseable {
  private final String name;
  private final Process process;
  private final BufferedReader answers;
  private final Writer questions;
  private final String runtime;

  /**
   * @param name of it in the table
   * @param command that starts it
   * @param environment what it has besides this process's, less the settings of malloc
   */
  Peer(String name, List<String> command, Map<String, String> environment) {
    this.name = name;
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.DISCARD);
    builder.environment().keySet().removeIf(variable -> variable.startsWith("MALLOC_"));
    builder.environment().putAll(environment);
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    answers = process.inputReader(StandardCharsets.UTF_8);
    questions = process.outputWriter(StandardCharsets.UTF_8);
    runtime = answer("runtime ");
  }

  String name() {
    return name;
  }

  /** What computes, with its version. */
  String runtime() {
    return runtime;
  }

  /** Trains a step. */
  Step step() {
    try {
      questions.write("\n");
      questions.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " has ended", e);
    }
    String[] seconds = answer("step ").split(" ", 2);
    return new Step(Double.parseDouble(seconds[0]), Double.parseDouble(seconds[1]));
  }

  /** Ends it and tells the most memory that it had, in bytes; 0 where nobody knows. */
  long peakBytes() {
    try {
      questions.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Long.parseLong(answer("peak "));
  }

  private String answer(String kind) {
    try {
      for (String line = answers.readLine(); line != null; line = answers.readLine()) {
        if (line.startsWith(kind)) {
          return line.substring(kind.length());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException(
        "%s has ended. What it says when started alone: %s"
            .formatted(name, process.info().commandLine().orElse("")));
  }

  @Override
  public void close() {
    process.destroy();
  }
}
