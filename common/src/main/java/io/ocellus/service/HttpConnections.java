package io.ocellus.service;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Bounds how many connections are open and for how long each, whatever its client sends, or takes,
 * now and then. A newcomer beyond the bound is let in, and the one that has been there for longest
 * is closed: Kubernetes' probes, which are quick, always come in.
 */
final class HttpConnections implements Connection.Listener {
  private final Scheduler scheduler;
  private final Stage asking = new Stage(HttpLimits.ASKING, HttpLimits.REQUEST);
  private final Stage answered = new Stage(HttpLimits.ANSWERED, HttpLimits.ANSWER);

  HttpConnections(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  @Override
  public void onOpened(Connection connection) {
    asking.add(connection.getEndPoint());
  }

  /** Its request is there; from now on the time for the answer runs. */
  void answering(EndPoint client) {
    if (asking.remove(client)) {
      answered.add(client);
    } else {
      client.close();
    }
  }

  @Override
  public void onClosed(Connection connection) {
    asking.remove(connection.getEndPoint());
    answered.remove(connection.getEndPoint());
  }

  /** What connections have in common that wait for the same thing, the eldest first. */
  private final class Stage {
    private final int most;
    private final Duration time;
    private final Map<EndPoint, Scheduler.Task> clients = new LinkedHashMap<>();

    Stage(int most, Duration time) {
      this.most = most;
      this.time = time;
    }

    void add(EndPoint client) {
      put(client).ifPresent(this::close);
    }

    /** The eldest, where there is one too many. */
    private synchronized Optional<EndPoint> put(EndPoint client) {
      clients.put(
          client, scheduler.schedule(() -> close(client), time.toMillis(), TimeUnit.MILLISECONDS));
      return clients.size() > most
          ? Optional.of(clients.keySet().iterator().next())
          : Optional.empty();
    }

    /** Whether it was there. */
    synchronized boolean remove(EndPoint client) {
      Scheduler.Task closing = clients.remove(client);
      if (closing != null) {
        closing.cancel();
      }
      return closing != null;
    }

    private void close(EndPoint client) {
      remove(client);
      client.close();
    }
  }
}
