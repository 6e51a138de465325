package io.ocellus.service;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What a service answers over HTTP: {@code /metrics} for Prometheus, {@code /health/live} and
 * {@code /health/ready} for Kubernetes, and {@code POST} actions for whoever shows a token.
 */
public final class HttpEndpoints implements AutoCloseable {
  private final String host;
  private final HttpGuard guard;

  private HttpEndpoints(String host, HttpGuard guard) {
    this.host = host;
    this.guard = guard;
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
    try {
      return new URI("http", null, host, guard.port(), null, null, null);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(host + " is no host of a URI", e);
    }
  }

  @Override
  public void close() {
    guard.close();
  }

  /** What {@code /} says: the other paths, as links. */
  private static HttpAnswer index(Map<String, HttpRoutes.Route> routes) {
    String items =
        routes.entrySet().stream()
            .map(
                route ->
                    route.getValue().method().equals("GET")
                        ? "<li><a href=\"%1$s\">%1$s</a>".formatted(route.getKey())
                        : "<li>%s %s".formatted(route.getValue().method(), route.getKey()))
            .collect(Collectors.joining("\n"));
    String page =
        "<!doctype html>\n<title>Ocellus</title>\n<h1>Ocellus</h1>\n<ul>\n%s\n</ul>\n"
            .formatted(items);
    return HttpAnswer.of("text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
  }

  /** Gathers what is served before the port opens. */
  public static final class Builder {
    private final String host;
    private final int port;
    private final Map<String, HttpRoutes.Route> routes = new LinkedHashMap<>();

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
          new HttpRoutes.Route(
              "GET",
              true,
              headers -> {
                Exposition.Page page = exposition.page(headers.get("Accept"));
                return HttpAnswer.of(page.contentType(), page.body());
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
      routes.put(
          "/health/" + state,
          new HttpRoutes.Route(
              "GET",
              false,
              headers ->
                  whyNot
                      .get()
                      .map(reason -> HttpAnswer.text(503, reason))
                      .orElseGet(() -> HttpAnswer.text(200, state))));
      return this;
    }

    /**
     * Runs the action at each {@code POST} to the path that shows the token, and answers 202 with
     * what it says.
     *
     * @param whyNot answered with 503 in its place, while there is a reason
     */
    public Builder post(
        String path, HttpToken token, Supplier<Optional<String>> whyNot, Supplier<String> action) {
      HttpAnswer refusal =
          HttpAnswer.text(401, "Show the token: Authorization: Bearer TOKEN.")
              .with("WWW-Authenticate", "Bearer");
      routes.put(
          path,
          new HttpRoutes.Route(
              "POST",
              true,
              headers ->
                  token.isShownBy(headers.get("Authorization"))
                      ? whyNot
                          .get()
                          .map(reason -> HttpAnswer.text(503, reason))
                          .orElseGet(() -> HttpAnswer.text(202, action.get()))
                      : refusal));
      return this;
    }

    /** Opens the port; an error that names it where it is taken. */
    public HttpEndpoints start() {
      HttpAnswer index = index(routes);
      routes.put("/", new HttpRoutes.Route("GET", false, headers -> index));
      return new HttpEndpoints(host, new HttpGuard(host, port, routes));
    }
  }
}
