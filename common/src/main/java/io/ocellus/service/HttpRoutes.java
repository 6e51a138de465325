package io.ocellus.service;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers each path by its route. Nothing here waits for a client: requests are read, and answers
 * written, by Jetty's selector. Whatever a route throws, errors of the JVM included, ends its
 * request and nothing else.
 */
final class HttpRoutes extends Handler.Abstract {
  private static final Logger log = LoggerFactory.getLogger(HttpRoutes.class);

  private static final HttpAnswer TOO_MANY =
      HttpAnswer.text(503, "Too many requests at once; try again in a second.")
          .with("Retry-After", "1");

  private final Map<String, Route> routes;
  private final HttpConnections connections;
  private final Executor slow;

  /**
   * What a path answers.
   *
   * @param mayTakeLong whether it runs apart from health
   */
  record Route(String method, boolean mayTakeLong, Function<HttpFields, HttpAnswer> answer) {
    /** HEAD is GET without the body. */
    boolean takes(String other) {
      return other.equals(method) || (other.equals("HEAD") && method.equals("GET"));
    }

    String allowed() {
      return method.equals("GET") ? "GET, HEAD" : method;
    }
  }

  /**
   * @param slow runs the routes that may take long, or rejects them
   */
  HttpRoutes(Map<String, Route> routes, HttpConnections connections, Executor slow) {
    this.routes = Map.copyOf(routes);
    this.connections = connections;
    this.slow = slow;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    EndPoint client = request.getConnectionMetaData().getConnection().getEndPoint();
    connections.answering(client);
    Route route = routes.get(request.getHttpURI().getDecodedPath());
    if (route == null || !route.mayTakeLong()) {
      send(request, response, callback, answer(request, route));
      return true;
    }
    try {
      slow.execute(
          () ->
              send(
                  request,
                  response,
                  callback,
                  client.isOpen() ? answer(request, route) : TOO_MANY));
    } catch (RejectedExecutionException e) {
      send(request, response, callback, TOO_MANY);
    }
    return true;
  }

  private static HttpAnswer answer(Request request, Route route) {
    String path = request.getHttpURI().getDecodedPath();
    if (route == null) {
      return HttpAnswer.text(404, "There is nothing here; / lists what there is.");
    }
    if (!route.takes(request.getMethod())) {
      return HttpAnswer.text(405, "%s takes %s only.".formatted(path, route.allowed()))
          .with("Allow", route.allowed());
    }
    if (request.getLength() > HttpLimits.BODY_BYTES) {
      return HttpAnswer.text(413, "No request here needs a body.");
    }
    if (request.getHeaders().size() > HttpLimits.HEADERS) {
      return HttpAnswer.text(431, "No request here needs that many headers.");
    }
    try {
      return route.answer().apply(request.getHeaders());
    } catch (Throwable e) {
      log.warn("{} {} failed", request.getMethod(), path, e);
      return HttpAnswer.text(500, "Internal error; see the service's log.");
    }
  }

  private static void send(
      Request request, Response response, Callback callback, HttpAnswer answer) {
    response.setStatus(answer.status());
    HttpFields.Mutable headers = response.getHeaders();
    headers.put(HttpHeader.CONTENT_TYPE, answer.contentType());
    headers.put(HttpHeader.CONTENT_LENGTH, answer.body().length);
    answer.headers().forEach((name, value) -> headers.put(new HttpField(name, value)));
    boolean bodiless = request.getMethod().equals("HEAD");
    response.write(true, bodiless ? null : ByteBuffer.wrap(answer.body()), callback);
  }
}
