package io.ocellus.topic;

import io.ocellus.config.ConfigurationException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in one line that a broker cannot be reached, and in another that it answers again. Kafka's
 * clients each log every attempt, and none of these lines names the setting; whoever configures the
 * log hands them to {@link #reported} and drops them.
 */
public final class BrokerReach {
  private static final Logger log = LoggerFactory.getLogger(BrokerReach.class);
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration BETWEEN_PROBES = Duration.ofMillis(500);

  /** The log is the process's, and so is what speaks in it for Kafka's clients. */
  private static final AtomicReference<BrokerReach> CURRENT = new AtomicReference<>();

  private final List<HostPort> bootstrap;
  private final BrokerProbe probe;
  private final Map<List<HostPort>, Outage> outages = new ConcurrentHashMap<>();
  private final Semaphore work = new Semaphore(0);

  private BrokerReach(List<HostPort> bootstrap, BrokerProbe probe) {
    this.bootstrap = bootstrap;
    this.probe = probe;
  }

  /**
   * Looks at each of {@code bootstrap.servers} once, and from then on at what cannot be reached
   * beside whatever else is done.
   *
   * @throws ConfigurationException where no host is known, or where all that answer are something
   *     else than Kafka, or want another {@code security.protocol}
   */
  public static void watch(Map<String, String> kafka) {
    String servers = kafka.getOrDefault("bootstrap.servers", "");
    String protocol = kafka.getOrDefault("security.protocol", "PLAINTEXT").toUpperCase(Locale.ROOT);
    BrokerReach reach =
        new BrokerReach(HostPort.list(servers), new BrokerProbe(protocol, PATIENCE));
    requireKnownHost(servers, reach.bootstrap);
    Optional<BrokerProbe.Problem> problem = reach.problem(reach.bootstrap);
    if (problem.isPresent() && problem.get().permanent()) {
      throw new ConfigurationException(
          "No Kafka at kafka.bootstrap.servers (%s): %s".formatted(servers, problem.get().text()));
    }
    problem.ifPresent(found -> reach.outage(reach.bootstrap));
    CURRENT.set(reach);
    reach.start();
  }

  private static void requireKnownHost(String servers, List<HostPort> addresses) {
    if (addresses.stream().noneMatch(BrokerReach::isKnown)) {
      throw new ConfigurationException(
          "kafka.bootstrap.servers (%s) has no host that can be resolved: check its name, and this machine's DNS"
              .formatted(servers));
    }
    List<HostPort> unknown = addresses.stream().filter(address -> !isKnown(address)).toList();
    if (!unknown.isEmpty()) {
      log.warn("Hosts in kafka.bootstrap.servers that cannot be resolved: {}", unknown);
    }
  }

  private static boolean isKnown(HostPort address) {
    try {
      return InetAddress.getByName(address.host()) != null;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /**
   * A client of Kafka could not connect.
   *
   * @param address such as {@code kafka-1:9092}
   * @param message of the client
   * @return whether this speaks of it from now on
   */
  public static boolean reported(String address, String message) {
    BrokerReach reach = CURRENT.get();
    if (reach == null) {
      return false;
    }
    HostPort at = HostPort.parse(address);
    boolean starting = reach.bootstrap.contains(at) && reach.outages.containsKey(reach.bootstrap);
    reach.outage(starting ? reach.bootstrap : List.of(at)).report(message, System.nanoTime());
    return true;
  }

  private Outage outage(List<HostPort> at) {
    Outage outage =
        outages.computeIfAbsent(at, key -> new Outage(name(key), log, System.nanoTime()));
    work.release();
    return outage;
  }

  private String name(List<HostPort> at) {
    String addresses = at.toString().replaceAll("^\\[|]$", "");
    return at.stream().anyMatch(bootstrap::contains)
        ? "Kafka at kafka.bootstrap.servers (%s)".formatted(addresses)
        : "The broker at %s, as its cluster advertises it,".formatted(addresses);
  }

  private void start() {
    Thread thread = new Thread(this::look, "broker-reach");
    thread.setDaemon(true);
    thread.start();
  }

  private void look() {
    try {
      while (CURRENT.get() == this) {
        if (outages.isEmpty()) {
          work.acquire();
        } else {
          TimeUnit.NANOSECONDS.sleep(BETWEEN_PROBES.toNanos());
        }
        work.drainPermits();
        outages.forEach(
            (at, outage) -> {
              if (!outage.observe(problem(at), System.nanoTime())) {
                outages.remove(at);
              }
            });
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      CURRENT.compareAndSet(this, null); // Kafka's own lines are logged from here on
    }
  }

  /** Of all of them; empty where one is as it should be. */
  private Optional<BrokerProbe.Problem> problem(List<HostPort> addresses) {
    Optional<BrokerProbe.Problem> worst = Optional.empty();
    boolean permanent = true;
    for (HostPort address : addresses) {
      Optional<BrokerProbe.Problem> problem = probe.problem(address);
      if (problem.isEmpty()) {
        return problem;
      }
      if (permanent) {
        worst = problem;
        permanent = problem.get().permanent();
      }
    }
    return worst;
  }
}
