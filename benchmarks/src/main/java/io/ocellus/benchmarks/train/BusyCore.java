package io.ocellus.benchmarks.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/** A neighbour: a process that keeps one core busy. */
final class BusyCore {
  private BusyCore() {}

  /** Runs the work beside it and returns what the work returns. */
  static <T> T beside(Supplier<T> work) {
    Process process;
    try {
      process = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start sh to keep a core busy", e);
    }
    try {
      return work.get();
    } finally {
      process.destroyForcibly();
    }
  }
}
