package io.ocellus.topic;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says soon that no broker can be reached. Kafka's clients by themselves try for a minute, and say
 * nothing meanwhile that names the setting.
 */
public final class BrokerReach {
  private static final Logger log = LoggerFactory.getLogger(BrokerReach.class);
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

  private final String servers;
  private final CountDownLatch reached = new CountDownLatch(1);
  private volatile String problem = "no answer";
  private volatile boolean over;

  private BrokerReach(String servers) {
    this.servers = servers;
  }

  /**
   * Tries to connect to each of {@code bootstrap.servers} beside whatever else is done, and logs a
   * warning where none of them lets it within three seconds.
   */
  public static void watch(Map<String, String> kafka) {
    BrokerReach reach = new BrokerReach(kafka.getOrDefault("bootstrap.servers", ""));
    reach.addresses().forEach(address -> reach.onThread(() -> reach.connect(address)));
    reach.onThread(reach::await);
  }

  private List<String> addresses() {
    return Stream.of(servers.split(",")).map(String::strip).filter(s -> s.contains(":")).toList();
  }

  private void onThread(Runnable work) {
    Thread thread = new Thread(work, "broker-reach");
    thread.setDaemon(true);
    thread.start();
  }

  private void connect(String address) {
    int colon = address.lastIndexOf(':');
    String host = address.substring(0, colon).replaceFirst(".*://", "").replaceAll("[\\[\\]]", "");
    int port = Integer.parseInt(address.substring(colon + 1));
    while (!over && reached.getCount() > 0) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(host, port), (int) PATIENCE.toMillis());
        reached.countDown();
      } catch (IOException e) {
        problem = e.getMessage() == null ? "unknown host" : e.getMessage();
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_TRIES.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void await() {
    try {
      if (!reached.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        over = true;
        log.warn(
            "No broker at kafka.bootstrap.servers ({}) can be reached after {} s: {}. Still trying; check the address and that Kafka runs",
            servers,
            PATIENCE.toSeconds(),
            problem);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
