package io.ocellus.service;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Bounds how many connections are open and for how long each, whatever its client sends, or takes,
 * now and then. A newcomer beyond the bound is let in and the one that has been open for longest is
 * closed: Kubernetes' probes always come in.
 */
final class HttpConnections implements Connection.Listener {
  private final Scheduler scheduler;
  private final Map<EndPoint, Scheduler.Task> open = new LinkedHashMap<>();

  HttpConnections(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  @Override
  public void onOpened(Connection connection) {
    EndPoint client = connection.getEndPoint();
    EndPoint eldest = null;
    synchronized (open) {
      open.put(client, closing(client, HttpLimits.REQUEST));
      if (open.size() > HttpLimits.CONNECTIONS) {
        Iterator<EndPoint> clients = open.keySet().iterator();
        eldest = clients.next();
        open.get(eldest).cancel();
        clients.remove();
      }
    }
    if (eldest != null) {
      eldest.close();
    }
  }

  /** Its request is there; from now on the time for the answer runs. */
  void answering(EndPoint client) {
    synchronized (open) {
      Scheduler.Task before =
          open.computeIfPresent(client, (c, task) -> restarted(c, task, HttpLimits.ANSWER));
      if (before == null) {
        client.close();
      }
    }
  }

  @Override
  public void onClosed(Connection connection) {
    synchronized (open) {
      Scheduler.Task task = open.remove(connection.getEndPoint());
      if (task != null) {
        task.cancel();
      }
    }
  }

  private Scheduler.Task restarted(EndPoint client, Scheduler.Task before, Duration time) {
    before.cancel();
    return closing(client, time);
  }

  private Scheduler.Task closing(EndPoint client, Duration time) {
    return scheduler.schedule(client::close, time.toMillis(), TimeUnit.MILLISECONDS);
  }
}
