package io.ocellus.service;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Clients, many at once, that behave in one bad way. */
final class Crowd implements AutoCloseable {
  private static final String GET = "GET /metrics HTTP/1.1\r\nHost: x\r\n";

  private final List<Socket> sockets = new ArrayList<>();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final URI uri;
  private final ScheduledFuture<?> ticking;
  private final Habit habit;

  /** What each of them does. */
  enum Habit {
    /** Connects and says nothing. */
    IDLE("", ""),
    /** Sends its request byte by byte. */
    A_BYTE_A_SECOND("", "G"),
    /** Sends a header now and then and never comes to an end. */
    SLOW_HEADERS(GET, "X-A: b\r\n"),
    /** Announces a body and sends it byte by byte. */
    SLOW_BODY("POST /retrain HTTP/1.1\r\nHost: x\r\nContent-Length: 8000\r\n\r\n", "x"),
    /** Asks for a large answer and takes nothing of it. */
    GREEDY(GET + "\r\n", ""),
    /** Sends more headers than any server takes. */
    HUGE_HEADERS(GET + "X-A: " + "b".repeat(200_000), "b"),
    /** Connects, says nothing, and comes back as soon as it is sent away. */
    RETURNING("", "");

    private final String first;
    private final String eachSecond;

    Habit(String first, String eachSecond) {
      this.first = first;
      this.eachSecond = eachSecond;
    }
  }

  Crowd(int size, Habit habit, URI uri) throws IOException {
    this.habit = habit;
    this.uri = uri;
    for (int i = 0; i < size; i++) {
      sockets.add(connect());
    }
    int millis = habit == Habit.RETURNING ? 10 : 1000;
    ticking = clock.scheduleWithFixedDelay(this::again, millis, millis, TimeUnit.MILLISECONDS);
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(1024);
    socket.setSoTimeout(1);
    socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), 5000);
    write(socket, habit.first);
    return socket;
  }

  private void again() {
    for (int i = 0; i < sockets.size(); i++) {
      if (habit == Habit.RETURNING) {
        comeBack(i);
      } else {
        write(sockets.get(i), habit.eachSecond);
      }
    }
  }

  private void comeBack(int i) {
    try {
      if (isSentAway(sockets.get(i))) {
        sockets.get(i).close();
        sockets.set(i, connect());
      }
    } catch (IOException e) {
      // tried again at the next tick
    }
  }

  private static boolean isSentAway(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static void write(Socket socket, String text) {
    try {
      socket.getOutputStream().write(text.getBytes(US_ASCII));
    } catch (IOException e) {
      // the server has had enough of it
    }
  }

  int size() {
    return sockets.size();
  }

  @Override
  public void close() throws IOException {
    ticking.cancel(false);
    clock.shutdownNow();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
