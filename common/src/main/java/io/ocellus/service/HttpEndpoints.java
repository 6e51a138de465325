package io.ocellus.service;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a service answers over HTTP, on the JDK's own server: {@code /metrics} for Prometheus,
 * {@code /health/live} and {@code /health/ready} for Kubernetes, and {@code POST} actions for
 * whoever shows a token.
 */
public final class HttpEndpoints implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HttpEndpoints.class);
  private static final int THREADS = 8;
  private static final int UNAUTHORIZED = 401;
  private static final String TEXT = "text/plain; charset=utf-8";

  private final HttpServer server;
  private final ExecutorService threads;

  private HttpEndpoints(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Begins a server there.
   *
   * @param port 0 takes a free one
   */
  public static Builder at(String host, int port) {
    return new Builder(host, port);
  }

  /** Where it listens, such as {@code http://127.0.0.1:8080}. */
  public URI uri() {
    InetSocketAddress address = server.getAddress();
    return URI.create(
        "http://%s:%d".formatted(address.getAddress().getHostAddress(), address.getPort()));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** Gathers what is served before the port opens. */
  public static final class Builder {
    private final String host;
    private final int port;
    private final Map<String, HttpHandler> routes = new LinkedHashMap<>();

    private Builder(String host, int port) {
      this.host = host;
      this.port = port;
      live(Optional::empty);
    }

    /** Serves the registry at {@code /metrics}, in the format that the request accepts. */
    public Builder metrics(PrometheusMeterRegistry registry) {
      Exposition exposition = new Exposition(registry.getPrometheusRegistry());
      routes.put(
          "/metrics",
          handler(
              "GET",
              headers -> {
                Exposition.Page page = exposition.page(headers.getFirst("Accept"));
                return new Answer(200, page.contentType(), page.body());
              }));
      return this;
    }

    /**
     * Answers {@code /health/live} with 503 and the reason once there is one: only a restart helps.
     */
    public Builder live(Supplier<Optional<String>> whyNot) {
      return health("live", whyNot);
    }

    /** Answers {@code /health/ready} with 200, or with 503 and the reason while there is one. */
    public Builder ready(Supplier<Optional<String>> whyNot) {
      return health("ready", whyNot);
    }

    private Builder health(String state, Supplier<Optional<String>> whyNot) {
      Function<Headers, Answer> answer =
          headers ->
              whyNot
                  .get()
                  .map(reason -> Answer.text(503, reason + "\n"))
                  .orElseGet(() -> Answer.text(200, state + "\n"));
      routes.put("/health/" + state, handler("GET", answer));
      return this;
    }

    /**
     * Runs the action at each {@code POST} to the path that shows the token, and answers 202 with
     * what it says.
     */
    public Builder post(String path, HttpToken token, Supplier<String> action) {
      routes.put(
          path,
          handler(
              "POST",
              headers ->
                  token.isShownBy(headers.getFirst("Authorization"))
                      ? Answer.text(202, action.get() + "\n")
                      : Answer.text(
                          UNAUTHORIZED, "Show the token: Authorization: Bearer TOKEN.\n")));
      return this;
    }

    /** Opens the port; an error that names it where it is taken. */
    public HttpEndpoints start() {
      HttpLimits.apply();
      try {
        HttpServer server = HttpServer.create(new InetSocketAddress(host, port), 0);
        routes.forEach(server::createContext);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, Builder::thread);
        server.setExecutor(threads);
        server.start();
        return new HttpEndpoints(server, threads);
      } catch (IOException e) {
        throw new UncheckedIOException(
            "Cannot listen on %s:%d (%s): set http.port to a free port, or to 0"
                .formatted(host, port, e.getMessage()),
            e);
      }
    }

    private static Thread thread(Runnable work) {
      Thread thread = new Thread(work, "ocellus-http");
      thread.setDaemon(true);
      return thread;
    }

    private static HttpHandler handler(String method, Function<Headers, Answer> answer) {
      return exchange -> {
        try (exchange) {
          send(exchange, answer(exchange, method, answer));
        }
      };
    }

    private static Answer answer(
        HttpExchange exchange, String method, Function<Headers, Answer> answer) {
      String path = exchange.getHttpContext().getPath();
      if (!path.equals(exchange.getRequestURI().getPath())) {
        return Answer.text(404, "There is nothing here.\n");
      }
      if (!exchange.getRequestMethod().equals(method)) {
        exchange.getResponseHeaders().set("Allow", method);
        return Answer.text(405, "%s takes %s only.%n".formatted(path, method));
      }
      if (bodyBytes(exchange) > HttpLimits.BODY_BYTES) {
        return Answer.text(413, "No request here needs a body.\n");
      }
      try {
        return answer.apply(exchange.getRequestHeaders());
      } catch (RuntimeException e) {
        log.warn("{} {} failed", method, path, e);
        return Answer.text(500, "It failed; the log says why.\n");
      }
    }

    /** As announced; where nothing is, the server passes over as much as its limit allows. */
    private static long bodyBytes(HttpExchange exchange) {
      String length = exchange.getRequestHeaders().getFirst("Content-Length");
      return length == null ? 0 : Long.parseLong(length);
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
      if (answer.status() == UNAUTHORIZED) {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
      }
      exchange.getResponseHeaders().set("Content-Type", answer.contentType());
      exchange.sendResponseHeaders(answer.status(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    }
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Answer(int status, String contentType, byte[] body) {
    static Answer text(int status, String text) {
      return new Answer(status, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
