package io.ocellus.service;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks its own port every second, and opens it again when it no longer answers. A heap that is full
 * for a moment can end any thread of a server, the one that accepts connections too; without this,
 * the port would stay silent for the life of the process.
 */
final class HttpGuard implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HttpGuard.class);
  private static final int PAUSE_MILLIS = 1000;
  private static final int MOST_SILENT = 3;

  private final String host;
  private final Map<String, HttpRoutes.Route> routes;
  private final AtomicReference<HttpListener> listener = new AtomicReference<>();
  private final int port;
  private final Thread thread = new Thread(this::watch, "ocellus-http-guard");

  /** Opens the port; an error that names it where it cannot be had. */
  HttpGuard(String host, int port, Map<String, HttpRoutes.Route> routes) {
    this.host = host;
    this.routes = routes;
    HttpListener first = HttpListener.open(host, port, routes);
    listener.set(first);
    this.port = first.port();
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    HttpListener last = listener.get();
    if (last != null) {
      last.close();
    }
  }

  private void watch() {
    boolean answered = false;
    int silent = 0;
    do {
      try {
        boolean answers = HttpListener.answers(host, port);
        answered |= answers;
        silent = answers || !answered ? 0 : silent + 1;
        if (silent >= MOST_SILENT) {
          reopen();
          silent = 0;
        }
      } catch (Throwable e) {
        // No memory for this either; the next round tries again.
        silent = MOST_SILENT;
      }
    } while (pause());
  }

  private static boolean pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private void reopen() {
    HttpListener silent = listener.getAndSet(null);
    if (silent != null) {
      silent.abandon();
    }
    listener.set(HttpListener.open(host, port, routes));
    log.warn("The HTTP port {} no longer answered and was opened again", port);
  }
}
