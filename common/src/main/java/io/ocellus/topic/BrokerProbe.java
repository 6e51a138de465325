package io.ocellus.topic;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * Asks what listens at an address, by the first bytes that it answers. Kafka's clients do not: they
 * take the first four bytes of an HTTP or TLS answer for a length and ask for a gigabyte of heap.
 */
final class BrokerProbe {
  private static final short API_VERSIONS = 18;
  private static final int CORRELATION = 0x0CE11;
  private static final int ANSWER_BYTES = 8;
  private static final byte TLS_ALERT = 0x15;
  private static final byte TLS_HANDSHAKE = 0x16;

  private static final byte[] HTTP_REQUEST =
      "GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final String protocol;
  private final int patienceMillis;

  /** What the first bytes were. */
  private enum Answer {
    KAFKA,
    TLS,
    HTTP,
    OTHER,
    CLOSED,
    SILENT
  }

  /**
   * What is wrong at an address.
   *
   * @param text for people
   * @param permanent whether waiting does not help
   */
  record Problem(String text, boolean permanent) {}

  /**
   * @param protocol Kafka's {@code security.protocol}
   * @param patience for the connection, and again for the answer
   */
  BrokerProbe(String protocol, Duration patience) {
    this.protocol = protocol;
    this.patienceMillis = (int) patience.toMillis();
  }

  /** What is wrong there; empty where a broker answers as the clients will talk to it. */
  Optional<Problem> problem(HostPort at) {
    try {
      return encrypted() ? overTls(at) : inPlaintext(at);
    } catch (UnknownHostException e) {
      return passing("unknown host");
    } catch (IOException e) {
      return passing(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private boolean encrypted() {
    return protocol.endsWith("SSL");
  }

  private Optional<Problem> inPlaintext(HostPort at) throws IOException {
    return switch (ask(at, apiVersions())) {
      case KAFKA -> Optional.empty();
      case TLS ->
          permanent(
              "it speaks TLS: set kafka.security.protocol to "
                  + protocol.replace("PLAINTEXT", "SSL"));
      case CLOSED -> perhapsHttp(at, "it closes the connection without an answer");
      case SILENT -> perhapsHttp(at, "it accepts connections and does not answer");
      case HTTP -> http();
      case OTHER -> notKafka();
    };
  }

  private Optional<Problem> overTls(HostPort at) throws IOException {
    return switch (ask(at, clientHello(at))) {
      case TLS -> Optional.empty();
      case HTTP -> http();
      case KAFKA, OTHER -> notKafka();
      case SILENT -> perhapsHttp(at, "it accepts connections and does not answer");
      case CLOSED ->
          ask(at, apiVersions()) == Answer.KAFKA
              ? permanent(
                  "it speaks Kafka's protocol without TLS: set kafka.security.protocol to "
                      + protocol.replace("SSL", "PLAINTEXT"))
              : perhapsHttp(at, "it closes the connection without an answer");
    };
  }

  /** An HTTP server may wait for the end of a line. */
  private Optional<Problem> perhapsHttp(HostPort at, String otherwise) throws IOException {
    return ask(at, HTTP_REQUEST) == Answer.HTTP ? http() : passing(otherwise);
  }

  private static Optional<Problem> http() {
    return permanent("an HTTP server listens there and not Kafka: check host and port");
  }

  private static Optional<Problem> notKafka() {
    return permanent("what listens there is not Kafka: check host and port");
  }

  private static Optional<Problem> passing(String text) {
    return Optional.of(new Problem(text, false));
  }

  private static Optional<Problem> permanent(String text) {
    return Optional.of(new Problem(text, true));
  }

  private Answer ask(HostPort at, byte[] question) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(at.host(), at.port()), patienceMillis);
      socket.setSoTimeout(patienceMillis);
      socket.getOutputStream().write(question);
      return classify(socket.getInputStream().readNBytes(ANSWER_BYTES));
    } catch (SocketTimeoutException e) {
      if (e.getMessage() != null && e.getMessage().startsWith("Connect")) {
        throw e;
      }
      return Answer.SILENT;
    }
  }

  private static Answer classify(byte[] answer) {
    if (answer.length == 0) {
      return Answer.CLOSED;
    }
    if (answer.length > 1 && (answer[0] == TLS_ALERT || answer[0] == TLS_HANDSHAKE)) {
      return answer[1] == 3 ? Answer.TLS : Answer.OTHER;
    }
    if (new String(answer, StandardCharsets.ISO_8859_1).startsWith("HTTP")) {
      return Answer.HTTP;
    }
    boolean correlated =
        answer.length == ANSWER_BYTES
            && ByteBuffer.wrap(answer).getInt(Integer.BYTES) == CORRELATION;
    return correlated ? Answer.KAFKA : Answer.OTHER;
  }

  /** ApiVersions in version 0, which brokers answer before anybody has authenticated. */
  private static byte[] apiVersions() {
    int size = Short.BYTES + Short.BYTES + Integer.BYTES + Short.BYTES;
    return ByteBuffer.allocate(Integer.BYTES + size)
        .putInt(size)
        .putShort(API_VERSIONS)
        .putShort((short) 0)
        .putInt(CORRELATION)
        .putShort((short) -1)
        .array();
  }

  /** The first message of a TLS handshake, which goes no further than to an answer. */
  private static byte[] clientHello(HostPort at) throws IOException {
    try {
      SSLEngine engine = SSLContext.getDefault().createSSLEngine(at.host(), at.port());
      engine.setUseClientMode(true);
      engine.beginHandshake();
      ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
      engine.wrap(ByteBuffer.allocate(0), hello);
      byte[] bytes = new byte[hello.flip().remaining()];
      hello.get(bytes);
      return bytes;
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be used: " + e.getMessage(), e);
    }
  }
}
