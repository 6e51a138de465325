package io.ocellus.cli.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The demo's accounts: what was sent and what came back, kept apart from both services, so that a
 * lost or doubled image shows. Images of others on the same topics are not in it.
 */
final class Ledger {
  private final Map<String, BookedImage> underway = new HashMap<>();
  private final Map<String, BookedImage> sent = new HashMap<>();
  private final List<SettledImage> settled = new ArrayList<>();

  /** Books an image; to be called before it is sent. */
  synchronized void sent(BookedImage image) {
    sent.put(image.id(), image);
    underway.put(image.id(), image);
  }

  /** Books an outcome; nothing where the image is not one of ours. */
  synchronized Optional<SettledImage> settled(Outcome outcome) {
    BookedImage image = sent.get(outcome.image());
    if (image == null) {
      return Optional.empty();
    }
    underway.remove(image.id());
    SettledImage entry = new SettledImage(image, outcome);
    settled.add(entry);
    return Optional.of(entry);
  }

  synchronized int sentCount() {
    return sent.size();
  }

  /** How many were sent and have no outcome yet. */
  synchronized int underwayCount() {
    return underway.size();
  }

  /** How many outcomes came after the first of the same image. */
  synchronized int doubledCount() {
    return settled.size() - (sent.size() - underway.size());
  }

  /** Whether each image that was sent has exactly one outcome. */
  synchronized boolean balanced() {
    return underway.isEmpty() && settled.size() == sent.size();
  }

  /** The outcomes so far, in order of arrival. */
  synchronized List<SettledImage> settled() {
    return List.copyOf(settled);
  }
}
