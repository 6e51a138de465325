package io.ocellus.cli.service;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jline.utils.Signals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What SIGTERM, SIGHUP and Ctrl-C do to a command that runs until it is stopped: they wake it, and
 * it ends when it has closed this, or when its patience is over. A second signal ends it at once.
 *
 * <p>Signals are handled and not left to the JVM, whose shutdown hooks all run at the same time:
 * ONNX Runtime's would free what a forward pass still uses.
 */
public final class StopSignal implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StopSignal.class);

  /** What a shell adds to the number of the signal that ended a process. */
  private static final int BY_SIGNAL = 128;

  private static final Map<String, Integer> NUMBERS = Map.of("HUP", 1, "INT", 2, "TERM", 15);

  private static volatile int received;

  private final CountDownLatch stopping = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Duration patience;
  private final Runnable onStop;
  private final Map<String, Object> before = new LinkedHashMap<>();

  private StopSignal(Duration patience, Runnable onStop) {
    this.patience = patience;
    this.onStop = onStop;
  }

  /**
   * Listens from now on.
   *
   * @param patience how long after the signal the command may take before the process is ended
   * @param onStop called at the signal, on another thread
   */
  public static StopSignal listen(Duration patience, Runnable onStop) {
    StopSignal signal = new StopSignal(patience, onStop);
    NUMBERS.forEach(signal::handle);
    return signal;
  }

  /** One that is ignored, as nohup has it, stays so. */
  private void handle(String name, int number) {
    Object former = Signals.register(name, () -> stop(number));
    if (isIgnored(former)) {
      Signals.unregister(name, former);
    } else {
      before.put(name, former);
    }
  }

  private static boolean isIgnored(Object handler) {
    try {
      return Class.forName("sun.misc.SignalHandler").getField("SIG_IGN").get(null) == handler;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  /** The exit code of the process: that of the signal which ended it, if one did. */
  public static int exitCode(int code) {
    return received == 0 ? code : BY_SIGNAL + received;
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

  private void stop(int number) {
    if (received != 0) {
      ProcessEnd.now(exitCode(0));
    }
    received = number;
    Thread watch = new Thread(this::endWhenPatienceIsOver, "stop");
    watch.setDaemon(true);
    watch.start();
    stopping.countDown();
    onStop.run();
  }

  private void endWhenPatienceIsOver() {
    try {
      if (!stopped.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn(
            "Not stopped within {} s: ending the process. What was saved or committed is kept",
            patience.toSeconds());
        ProcessEnd.now(exitCode(0));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets the process end. */
  @Override
  public void close() {
    stopped.countDown();
    before.forEach(Signals::unregister);
  }
}
