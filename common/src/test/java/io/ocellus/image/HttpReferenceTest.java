package io.ocellus.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ocellus.failure.FailureReason;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpReferenceTest {
  private static final byte[] IMAGE = {1, 2, 3};

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger failures = new AtomicInteger();
  private final CountDownLatch end = new CountDownLatch(1);
  private HttpServer server;
  private String origin;
  private HttpImageSource source;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/images/a.png", exchange -> answer(exchange, 200, IMAGE));
    server.createContext("/images/empty", exchange -> answer(exchange, 200, new byte[0]));
    server.createContext("/images/large", exchange -> answer(exchange, 200, new byte[101]));
    server.createContext("/images/endless", this::endless);
    server.createContext("/images/slow", this::slow);
    server.createContext("/images/troubled", this::troubled);
    server.createContext("/images/elsewhere", HttpReferenceTest::redirect);
    server.createContext("/secret", exchange -> answer(exchange, 200, IMAGE));
    server.start();
    origin = "http://127.0.0.1:" + server.getAddress().getPort();
    source = new HttpImageSource(URI.create(origin + "/images/"), 100);
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void whatLiesUnderThePrefixIsFetched() throws Exception {
    assertThat(source.allows(uri("/images/a.png?size=full"))).isTrue();
    assertThat(read("/images/a.png?size=full")).isEqualTo(IMAGE);
  }

  @Test
  void aRedirectIsNotFollowed() {
    assertReason(FailureReason.REFERENCE_REFUSED, "/images/elsewhere");
  }

  @Test
  void aBodyThatIsTooLargeIsBrokenOff() {
    assertReason(FailureReason.TOO_LARGE_BYTES, "/images/large");
    assertReason(FailureReason.TOO_LARGE_BYTES, "/images/endless");
  }

  @Test
  void aBodyThatIsEmptyIsSaidToBe() {
    assertReason(FailureReason.EMPTY, "/images/empty");
  }

  @Test
  void whatIsNotThereIsMissing() {
    assertReason(FailureReason.REFERENCE_MISSING, "/images/nothing");
  }

  @Test
  void aServerThatIsAwayIsMissing() {
    server.stop(0);

    assertUnavailable("/images/a.png");
  }

  @Test
  void aServerThatDawdlesIsGivenUp() {
    long start = System.nanoTime();
    assertUnavailable("/images/slow");

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void anInterruptionIsNoFaultOfTheImage() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> read("/images/slow")).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aServerInTroubleIsTriedAgain() throws Exception {
    failures.set(2);
    assertThat(patient(Duration.ofSeconds(5)).bytes(null, reference("/images/troubled")))
        .isEqualTo(IMAGE);
    assertThat(failures).hasValue(-1);
  }

  @Test
  void aServerThatStaysInTroubleIsGivenUp() {
    failures.set(Integer.MAX_VALUE);
    assertThatThrownBy(
            () -> patient(Duration.ofSeconds(2)).bytes(null, reference("/images/troubled")))
        .isInstanceOfSatisfying(
            BadImageException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.REFERENCE_UNAVAILABLE))
        .hasMessageMatching(".*tried ([2-9]|\\d{2}) times.*")
        .hasMessageContaining("503");
  }

  private ImageSources patient(Duration patience) {
    return new ImageSources(
        new ImageSettings(
            100, 1000, Duration.ofSeconds(2), List.of(origin + "/images/"), patience));
  }

  private Optional<String> reference(String path) {
    return Optional.of(origin + path);
  }

  private byte[] read(String path) throws BadImageException, UnavailableException {
    return source.read(uri(path), Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "169.254.169.254",
        "100.100.100.200",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fe80::1",
        "fd00:ec2::254",
        "::ffff:169.254.169.254"
      })
  void aNameThatLeadsToThisMachineOrItsCloudIsRefused(String address) throws Exception {
    URI uri = URI.create("http://pacs.example:%d/a.png".formatted(server.getAddress().getPort()));
    HttpImageSource source =
        new HttpImageSource(uri.resolve("/"), 1000, host -> InetAddress.getAllByName(address));

    assertThatThrownBy(() -> source.read(uri, Duration.ofSeconds(5)))
        .isInstanceOfSatisfying(
            BadImageException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.REFERENCE_REFUSED))
        .hasMessageContaining("its host leads to");
  }

  @Test
  void aNameThatLeadsIntoAPrivateNetworkIsFine() throws Exception {
    HostAddresses addresses = new HostAddresses(host -> InetAddress.getAllByName("10.1.2.3"));
    assertThat(addresses.forbidden("pacs.example")).isEmpty();
  }

  private void assertUnavailable(String path) {
    assertThatThrownBy(() -> read(path)).isInstanceOf(UnavailableException.class);
  }

  private void troubled(HttpExchange exchange) throws IOException {
    answer(exchange, failures.getAndDecrement() > 0 ? 503 : 200, IMAGE);
  }

  private URI uri(String path) {
    return URI.create(origin + path);
  }

  private void assertReason(FailureReason reason, String path) {
    assertThatThrownBy(() -> read(path))
        .isInstanceOfSatisfying(
            BadImageException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static void redirect(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Location", "/secret");
    answer(exchange, 302, new byte[0]);
  }

  private void endless(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(200, 0);
      OutputStream body = exchange.getResponseBody();
      while (end.getCount() > 0) {
        body.write(new byte[50]);
        body.flush();
      }
    }
  }

  /** A byte now and then: every read succeeds and the whole never ends. */
  private void slow(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(200, 0);
      OutputStream body = exchange.getResponseBody();
      while (!end.await(200, java.util.concurrent.TimeUnit.MILLISECONDS)) {
        body.write(1);
        body.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
