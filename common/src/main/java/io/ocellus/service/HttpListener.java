package io.ocellus.service;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
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

  private static final int PATIENCE_MILLIS = 1000;
  private static final byte[] PROBE =
      "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII);

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
          "Cannot listen on %s:%d (%s): set http.host to an address of this machine, and http.port to a free port, such as http.port=%d, or to 0 for any"
              .formatted(host, port, root(e), port == 0 || port > 65_533 ? 8082 : port + 2),
          e);
    }
  }

  int port() {
    return connector.getLocalPort();
  }

  /** Whether health is answered there, be it good or bad. */
  static boolean answers(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address(host), port), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(PROBE);
      return socket.getInputStream().read() >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static InetAddress address(String host) throws IOException {
    InetAddress address = InetAddress.getByName(host);
    return address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
  }

  /** Frees the port though nothing may be left that could close it in an orderly way. */
  void abandon() {
    connector.close();
    Thread closing = new Thread(this::close, THREADS + "-close");
    closing.setDaemon(true);
    closing.start();
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
  private static boolean failed(Request request, Response response, Callback callback) {
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
