package io.ocellus.image;

import io.ocellus.service.Deadline;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Images on a web server. Redirects are not followed, a name must not lead to this machine, and the
 * whole answer must come within a time.
 */
final class HttpImageSource implements ImageSource {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int OK = 200;
  private static final int TIMED_OUT = 408;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;

  private final HttpClient client =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(TIMEOUT)
          .build();
  private final HostAddresses addresses;
  private final TimedCalls lookups;
  private final HttpPrefix prefix;
  private final long maxBytes;

  HttpImageSource(URI prefix, long maxBytes) {
    this(prefix, maxBytes, InetAddress::getAllByName);
  }

  HttpImageSource(URI prefix, long maxBytes, HostAddresses.Resolver resolver) {
    this.addresses = new HostAddresses(resolver);
    this.prefix = new HttpPrefix(prefix);
    this.lookups = new TimedCalls("the lookup of " + prefix.getHost());
    this.maxBytes = maxBytes;
  }

  @Override
  public boolean allows(URI uri) {
    return prefix.covers(uri);
  }

  @Override
  public byte[] read(URI uri, Duration within) throws BadImageException, UnavailableException {
    Duration limit = within.compareTo(TIMEOUT) < 0 ? within : TIMEOUT;
    Deadline deadline = Deadline.in(limit);
    refuseForbidden(uri, deadline.left());
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, response -> new LimitedBody(maxBytes));
    try {
      return image(uri, answer.get(deadline.left().toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      throw new UnavailableException("no complete answer within " + limit.toMillis() + " ms");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LimitedBody.TooLargeException) {
        throw ImageSources.tooLarge(maxBytes + 1, maxBytes);
      }
      throw new UnavailableException(String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Interrupted while fetching " + uri);
    } finally {
      answer.cancel(true);
    }
  }

  /**
   * The connection looks the name up again: it gets the same answer as long as Java remembers it,
   * which is half a minute, and that seldom ends in between.
   */
  private void refuseForbidden(URI uri, Duration within)
      throws BadImageException, UnavailableException {
    Optional<InetAddress> forbidden = lookups.within(within, () -> forbidden(uri.getHost()));
    if (forbidden.isPresent()) {
      throw ImageSources.refused(uri, "its host leads to " + forbidden.get().getHostAddress());
    }
  }

  private Optional<InetAddress> forbidden(String host) throws UnavailableException {
    try {
      return addresses.forbidden(host);
    } catch (UnknownHostException e) {
      throw new UnavailableException("nobody knows the host " + host);
    }
  }

  private static byte[] image(URI uri, HttpResponse<byte[]> answer)
      throws BadImageException, UnavailableException {
    int status = answer.statusCode();
    if (status >= SERVER_ERROR || status == TIMED_OUT || status == TOO_MANY) {
      throw new UnavailableException("the server answers with status " + status);
    }
    if (status >= 300 && status < 400) {
      throw ImageSources.refused(uri, "the server redirects elsewhere");
    }
    if (status != OK) {
      throw ImageSources.missing(uri, "the server answers with status " + status);
    }
    if (answer.body().length == 0) {
      throw ImageSources.empty();
    }
    return answer.body();
  }
}
