package io.ocellus.trainer;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** Remembers every event. */
final class Heard implements TrainingListener {
  private final List<TrainingEvent> events = new CopyOnWriteArrayList<>();

  @Override
  public void on(TrainingEvent event) {
    events.add(event);
  }

  <E extends TrainingEvent> List<E> all(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** The n-th event of that type, counted from one, when it has come. */
  <E extends TrainingEvent> E await(Class<E> type, int n) {
    Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> all(type).size() >= n);
    return all(type).get(n - 1);
  }
}
