package io.ocellus.cli.demo;

import io.ocellus.topic.Topics;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Counts committed outcomes by image. */
public final class OutcomeTally implements AutoCloseable {
  private final Map<String, Integer> classified = new ConcurrentHashMap<>();
  private final Map<String, Integer> dead = new ConcurrentHashMap<>();
  private final Set<Integer> versions = ConcurrentHashMap.newKeySet();
  private final ResultReader reader;

  public OutcomeTally(Map<String, String> kafka, Topics topics) {
    reader = new ResultReader(kafka, topics, this::count);
  }

  /** Images that have an outcome. */
  public int settled() {
    return classified.size() + dead.size();
  }

  public Map<String, Integer> classified() {
    return classified;
  }

  public Map<String, Integer> dead() {
    return dead;
  }

  public Set<Integer> versions() {
    return versions;
  }

  private void count(Outcome outcome) {
    if (outcome instanceof Outcome.Classified result) {
      classified.merge(result.image(), 1, Integer::sum);
      versions.add(result.version());
    } else {
      dead.merge(outcome.image(), 1, Integer::sum);
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}
