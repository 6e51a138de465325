package io.ocellus.cli.service;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;

/**
 * What SIGTERM and Ctrl-C do to a command that runs until it is stopped: they wake it, and the
 * process ends when it has closed this.
 */
public final class StopSignal implements AutoCloseable {
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "stop");
  private final Runnable onStop;

  private StopSignal(Runnable onStop) {
    this.onStop = onStop;
  }

  /**
   * Listens from now on.
   *
   * @param onStop called at the signal, on another thread
   */
  public static StopSignal listen(Runnable onStop) {
    StopSignal signal = new StopSignal(onStop);
    Runtime.getRuntime().addShutdownHook(signal.hook);
    return signal;
  }

  /** Returns when the process is told to stop. */
  public void await() throws InterruptedException {
    stopping.await();
  }

  /** The same, or sooner with what that stage completes with. */
  Optional<String> awaitOr(CompletionStage<String> ended) throws InterruptedException {
    CompletableFuture<String> other = ended.toCompletableFuture();
    CompletableFuture<Void> wake = other.thenRun(stopping::countDown);
    await();
    wake.cancel(false);
    return Optional.ofNullable(other.getNow(null));
  }

  private void stop() {
    stopping.countDown();
    onStop.run();
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets the process end. */
  @Override
  public void close() {
    stopped.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the process is ending already, which is what the hook was for
    }
  }
}
