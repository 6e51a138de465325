package io.ocellus.cli.service;

import io.ocellus.service.Service;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The start of a service, which may wait for Kafka for as long as that is away: a stop interrupts
 * it, and nothing that comes after it.
 */
final class Start {
  private static final Logger log = LoggerFactory.getLogger(Start.class);

  private Thread starting;
  private boolean cancelled;

  /**
   * Starts it on this thread.
   *
   * @return whether it runs; not where the start was cancelled
   */
  boolean of(Service service) {
    if (!begin()) {
      return false;
    }
    try {
      service.start();
      return true;
    } catch (RuntimeException e) {
      if (!isCancelled()) {
        throw e;
      }
      log.debug("The start was interrupted", e);
      return false;
    } finally {
      end();
    }
  }

  /** Interrupts the start, where it is under way. */
  synchronized void cancel() {
    cancelled = true;
    if (starting != null) {
      starting.interrupt();
    }
  }

  private synchronized boolean isCancelled() {
    return cancelled;
  }

  private synchronized boolean begin() {
    starting = cancelled ? null : Thread.currentThread();
    return !cancelled;
  }

  /** From now on nothing interrupts the thread; it may have been just now. */
  private synchronized void end() {
    starting = null;
    if (cancelled) {
      Thread.interrupted();
    }
  }
}
