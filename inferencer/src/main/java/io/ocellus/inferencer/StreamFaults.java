package io.ocellus.inferencer;

import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a stream thread that died: bad images never kill one, so something around it
 * failed, such as a broker. It is replaced, after a pause that doubles while this goes on. Only
 * when the JVM itself is in trouble does the stream stop, so that whatever runs the service
 * restarts it.
 */
final class StreamFaults implements StreamsUncaughtExceptionHandler {
  private static final Logger log = LoggerFactory.getLogger(StreamFaults.class);
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 10_000;
  private static final long QUIET_NANOS = 60_000_000_000L;

  private final InferencerMetrics metrics;
  private long pause = FIRST_PAUSE_MILLIS;
  private long last;

  StreamFaults(InferencerMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public StreamThreadExceptionResponse handle(Throwable fault) {
    Throwable root = root(fault);
    if (root instanceof VirtualMachineError || root instanceof LinkageError) {
      log.error("The JVM is in trouble; the stream stops: {}", root.toString(), fault);
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    long millis = nextPause();
    log.error(
        "A stream thread died and is replaced in {} ms; what was in flight is taken up again: {}",
        millis,
        root.toString(),
        fault);
    metrics.threadReplaced();
    sleep(millis);
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  private synchronized long nextPause() {
    long now = System.nanoTime();
    pause =
        now - last > QUIET_NANOS ? FIRST_PAUSE_MILLIS : Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
    last = now;
    return pause;
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Throwable root(Throwable fault) {
    Throwable root = fault;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
