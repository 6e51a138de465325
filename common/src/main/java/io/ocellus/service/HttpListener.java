package io.ocellus.service;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port on which Jetty listens within {@link HttpLimits}. A connection carries one request, so
 * that nobody is in the way by keeping one.
 */
final class HttpListener implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HttpListener.class);
  private static final String THREADS = "ocellus-http";
  private static final int MOST_THREADS = 8;

  /** Connections that the kernel keeps until they are accepted; beyond, clients wait a second. */
  private static final int BACKLOG = 1024;

  private final Server server;
  private final ServerConnector connector;
  private final ThreadPoolExecutor slow;

  private HttpListener(String host, int port, Map<String, HttpRoutes.Route> routes) {
    QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS);
    threads.setName(THREADS);
    threads.setDaemon(true);
    server = new Server(threads);
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration()));
    connector.setHost(host);
    connector.setPort(port);
    connector.setAcceptQueueSize(BACKLOG);
    connector.setIdleTimeout(HttpLimits.ANSWER.toMillis());
    server.addConnector(connector);
    HttpConnections connections = new HttpConnections(connector.getScheduler());
    connector.addBean(connections);
    slow = slowThreads();
    server.setHandler(new HttpRoutes(routes, connections, slow));
    server.setErrorHandler(HttpListener::failed);
  }

  /** Opens the port; an error that names it where it cannot be had. */
  static HttpListener open(String host, int port, Map<String, HttpRoutes.Route> routes) {
    HttpListener listener = new HttpListener(host, port, routes);
    try {
      listener.server.start();
      return listener;
    } catch (Exception e) {
      listener.close();
      throw new IllegalStateException(
          "Cannot listen on %s:%d (%s): set http.host to an address of this machine, and http.port to a free port or to 0"
              .formatted(host, port, root(e)),
          e);
    }
  }

  URI uri() {
    try {
      return new URI("http", null, connector.getHost(), connector.getLocalPort(), null, null, null);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(connector.getHost() + " is no host of a URI", e);
    }
  }

  @Override
  public void close() {
    slow.shutdownNow();
    try {
      server.stop();
    } catch (Exception e) {
      log.warn("The HTTP port did not close", e);
    }
  }

  private static HttpConfiguration configuration() {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setPersistentConnectionsEnabled(false);
    configuration.setRequestHeaderSize(HttpLimits.HEADER_BYTES);
    configuration.setSendServerVersion(false);
    return configuration;
  }

  private static ThreadPoolExecutor slowThreads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            HttpLimits.SLOW_THREADS,
            HttpLimits.SLOW_THREADS,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(HttpLimits.SLOW_WAITING),
            work -> {
              Thread thread = new Thread(work, THREADS + "-slow");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /** What is no request as HTTP knows it; the status says what is wrong with it. */
  private static boolean failed(
      org.eclipse.jetty.server.Request request,
      org.eclipse.jetty.server.Response response,
      Callback callback) {
    response.write(true, null, callback);
    return true;
  }

  private static String root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }
}
