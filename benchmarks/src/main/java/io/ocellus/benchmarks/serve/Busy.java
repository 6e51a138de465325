package io.ocellus.benchmarks.serve;

import io.ocellus.benchmarks.Jvm;
import io.ocellus.benchmarks.Worker;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.Map;

/** A process that keeps one core busy, from its making to its closing. */
final class Busy implements AutoCloseable {
  private final Worker worker;

  Busy() {
    worker =
        new Worker(
            "the busy neighbour",
            List.of(Jvm.java(), "-Xmx32m", "-cp", Jvm.classPath(), Busy.class.getName()),
            Map.of(),
            Redirect.DISCARD);
    worker.answer("busy");
  }

  public static void main(String[] arguments) throws java.io.IOException {
    Thread spinning =
        new Thread(
            () -> {
              while (true) {
                Thread.onSpinWait();
              }
            });
    spinning.setDaemon(true);
    spinning.start();
    System.out.println("busy now");
    while (System.in.read() >= 0) {
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    worker.close();
  }
}
