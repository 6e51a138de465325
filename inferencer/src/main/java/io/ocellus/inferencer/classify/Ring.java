package io.ocellus.inferencer.classify;

import io.ocellus.inferencer.RingView;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The images of one task that are in flight, each in a slot of the task's state store until its
 * outcome is forwarded, in the order in which they came.
 *
 * <p>Kafka Streams commits the offset of every record whose {@code process()} has returned; what
 * lies in the store is committed with it, so that an image is either in the store or has its
 * outcome in the topic, whenever the process dies. Slots are reused, last freed first, so that a
 * put and its delete meet in the store's cache and only what is pending at a commit is written.
 *
 * <p>Used by the task's stream thread alone, but for what {@link RingView} shows.
 */
final class Ring implements RingView {
  private final KeyValueStore<Integer, Envelope> store;
  private final Function<ImageEvent, CompletableFuture<Outcome>> classifier;
  private final BiConsumer<Flight, Outcome> landing;
  private final Deque<Flight> flights = new ConcurrentLinkedDeque<>();
  private final Deque<Integer> free = new ArrayDeque<>();
  private final int slots;

  /** Slots that were ever used; more than {@link #slots} where an image could not wait for one. */
  private int used;

  private long sequence;

  /**
   * An image on its way.
   *
   * @param began when it was submitted, as {@link System#nanoTime}
   */
  record Flight(int slot, ImageEvent event, CompletableFuture<Outcome> outcome, long began) {}

  /**
   * @param slots images in flight from which on another should wait
   * @param classifier begins to classify an image and returns at once
   * @param landing takes images and their outcomes in the order in which they were added
   */
  Ring(
      KeyValueStore<Integer, Envelope> store,
      int slots,
      Function<ImageEvent, CompletableFuture<Outcome>> classifier,
      BiConsumer<Flight, Outcome> landing) {
    this.store = store;
    this.slots = slots;
    this.used = slots;
    this.classifier = classifier;
    this.landing = landing;
  }

  /**
   * Takes up what the store holds from an earlier owner of the task.
   *
   * @return how many images that were
   */
  int restore() {
    List<KeyValue<Integer, Envelope>> found = new ArrayList<>();
    try (KeyValueIterator<Integer, Envelope> stored = store.all()) {
      stored.forEachRemaining(found::add);
    }
    found.sort(Comparator.comparingLong(entry -> entry.value.sequence()));
    Set<Integer> taken = new HashSet<>();
    found.forEach(entry -> taken.add(entry.key));
    taken.forEach(slot -> used = Math.max(used, slot + 1));
    for (int slot = used - 1; slot >= 0; slot--) {
      if (!taken.contains(slot)) {
        free.push(slot);
      }
    }
    for (KeyValue<Integer, Envelope> entry : found) {
      submit(entry.key, entry.value.event());
      sequence = entry.value.sequence() + 1;
    }
    return found.size();
  }

  /** Whether an image should land before another is added. */
  boolean full() {
    return flights.size() >= slots;
  }

  @Override
  public int slots() {
    return slots;
  }

  @Override
  public int size() {
    return flights.size();
  }

  @Override
  public Duration oldest() {
    Flight head = flights.peek();
    return head == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - head.began());
  }

  /** Puts an image into a free slot, or an additional one, and begins to classify it. */
  void add(ImageEvent event) {
    int slot = free.isEmpty() ? used++ : free.pop();
    store.put(slot, new Envelope(sequence++, event));
    submit(slot, event);
  }

  /** Whether the outcome of the image at the head is there. */
  boolean mayLand() {
    return !flights.isEmpty() && flights.element().outcome().isDone();
  }

  /** Lands every image at the head whose outcome is there. */
  void landFinished() {
    while (mayLand()) {
      landHead();
    }
  }

  /**
   * Waits for the outcome of the image at the head, and lands it if it comes in time.
   *
   * @param nanos to wait at most
   * @return whether it came
   */
  boolean landHeadWithin(long nanos) {
    if (!finishes(flights.element().outcome(), nanos)) {
      return false;
    }
    landHead();
    return true;
  }

  private void landHead() {
    Flight head = flights.element();
    landing.accept(head, outcome(head));
    store.put(head.slot(), null);
    flights.remove();
    free.push(head.slot());
  }

  private static boolean finishes(CompletableFuture<Outcome> outcome, long nanos) {
    try {
      outcome.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      return true;
    }
    return true;
  }

  private void submit(int slot, ImageEvent event) {
    flights.add(new Flight(slot, event, classifier.apply(event), System.nanoTime()));
  }

  private static Outcome outcome(Flight flight) {
    try {
      return flight.outcome().join();
    } catch (CompletionException e) {
      throw new KafkaException(
          "The image at %s could not be classified, through no fault of its own: %s"
              .formatted(flight.event().source(), e.getCause()),
          e.getCause());
    }
  }
}
