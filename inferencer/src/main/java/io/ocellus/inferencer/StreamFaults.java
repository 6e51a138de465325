package io.ocellus.inferencer;

import io.ocellus.service.Backoff;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a stream thread that died: bad images never kill one, so something around it
 * failed, such as a broker. It is replaced, after a pause that doubles while this goes on. Only
 * when the JVM itself is in trouble does the stream stop and the service give up, so that whatever
 * runs it starts it again.
 */
final class StreamFaults implements StreamsUncaughtExceptionHandler {
  private static final Logger log = LoggerFactory.getLogger(StreamFaults.class);
  private static final Backoff PAUSES = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));
  private static final long QUIET_NANOS = 60_000_000_000L;

  private final InferencerMetrics metrics;
  private final Consumer<String> gaveUp;
  private final Runnable mend;
  private int failures;
  private String fault = "";
  private long last;

  /**
   * @param gaveUp told why, where only another process can help
   * @param mend done before a thread is replaced
   */
  StreamFaults(InferencerMetrics metrics, Consumer<String> gaveUp, Runnable mend) {
    this.metrics = metrics;
    this.gaveUp = gaveUp;
    this.mend = mend;
  }

  @Override
  public StreamThreadExceptionResponse handle(Throwable thrown) {
    Throwable root = root(thrown);
    if (root instanceof VirtualMachineError || root instanceof LinkageError) {
      gaveUp.accept("the JVM is in trouble, the stream stops: " + root);
      log.error("The JVM is in trouble; the stream stops: {}", root.toString(), thrown);
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    Duration pause = PAUSES.after(count(root));
    log.error(
        "A stream thread died and is replaced in {} ms; what was in flight is taken up again: {}",
        pause.toMillis(),
        root.toString(),
        thrown);
    metrics.threadReplaced();
    mend.run();
    sleep(pause);
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  /** What a stream thread died of within the last minute. */
  synchronized Optional<String> latest() {
    return isQuiet() ? Optional.empty() : Optional.of(fault);
  }

  private synchronized int count(Throwable root) {
    failures = isQuiet() ? 1 : failures + 1;
    fault = root.toString();
    last = System.nanoTime();
    return failures;
  }

  private boolean isQuiet() {
    return failures == 0 || System.nanoTime() - last > QUIET_NANOS;
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
