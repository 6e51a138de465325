package io.ocellus.service;

import java.time.Duration;

/** Bounds on what clients of the HTTP endpoints may take. */
final class HttpLimits {
  /** Connections whose request is not yet there; for more, the eldest is closed. */
  static final int ASKING = 1000;

  /** Connections whose answer is not yet taken, each with a page in memory; the same. */
  static final int ANSWERED = 128;

  /** From the opening of a connection until its request is there. */
  static final Duration REQUEST = Duration.ofSeconds(5);

  /** From the request until its answer is taken. */
  static final Duration ANSWER = Duration.ofSeconds(30);

  static final int HEADERS = 64;
  static final int HEADER_BYTES = 16 * 1024;

  /** A body is never read; one that announces more than this is refused. */
  static final int BODY_BYTES = 8 * 1024;

  /** Of what may take long: metrics and actions. Health has threads of its own. */
  static final int SLOW_THREADS = 2;

  /** Requests that wait for those threads; for more, the answer is 503. */
  static final int SLOW_WAITING = 32;

  private HttpLimits() {}
}
