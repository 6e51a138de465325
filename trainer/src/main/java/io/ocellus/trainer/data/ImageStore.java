package io.ocellus.trainer.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.ocellus.checkpoint.OffsetRange;
import io.ocellus.image.Framing;
import io.ocellus.image.Resize;
import io.ocellus.service.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;

/**
 * The labelled images as a file on this machine, so that a restart neither reads the topic again
 * nor decodes an image twice. Images and the offsets that they were read up to change in one
 * commit; a process killed between two commits finds the earlier one. The topic stays the truth: a
 * store that is lost or deleted is filled from it again.
 */
public final class ImageStore implements AutoCloseable {
  private static final int UNSAVED_BYTES = 16 << 20;
  private static final String GENERATION = "generation";
  private static final String SWEPT = "swept";
  private static final String CHANGES = "changes";
  private static final String CHANGES_AT_RUN = "changes-at-run";
  private static final String FOLLOWED = "followed-until";

  private final Path file;
  private final Framing framing;
  private final MVStore store;
  private final MVMap<String, String> entries;
  private final MVMap<String, byte[]> originals;
  private final MVMap<String, byte[]> pixels;
  private final MVMap<String, String> pending;
  private final MVMap<String, String> pins;
  private final MVMap<String, String> about;
  private final MVMap<String, Long> numbers;
  private final MVMap<String, Long> first;
  private final MVMap<String, Long> next;
  private final AtomicLong revision = new AtomicLong();

  private ImageStore(Path file, Framing framing, MVStore store) {
    this.file = file;
    this.framing = framing;
    this.store = store;
    entries = store.openMap("entries", strings());
    originals = store.openMap("originals", bytes());
    pixels = store.openMap(pixelsMap(framing), bytes());
    pending = store.openMap("pending-references", strings());
    pins = store.openMap("pins", strings());
    about = store.openMap("about", strings());
    numbers = store.openMap("numbers", longs());
    first = store.openMap("first-offsets", longs());
    next = store.openMap("next-offsets", longs());
  }

  /**
   * Opens or creates the store.
   *
   * @param directory its folder
   * @param framing of the pixels that are kept decoded; where it is another than the last time,
   *     they are decoded again, from the originals
   * @throws StoreException saying what is wrong
   */
  public static ImageStore open(Path directory, Framing framing) {
    Path file = directory.resolve("labelled-images.mv");
    try {
      Files.createDirectories(directory);
      MVStore store = new MVStore.Builder().fileName(file.toString()).autoCommitDisabled().open();
      for (String map : List.copyOf(store.getMapNames())) {
        if (map.startsWith("pixels-") && !map.equals(pixelsMap(framing))) {
          store.removeMap(map);
        }
      }
      return new ImageStore(file, framing, store);
    } catch (MVStoreException | IOException e) {
      throw StoreException.of(file, e);
    }
  }

  private static String pixelsMap(Framing framing) {
    String size = "pixels-" + framing.size();
    return framing.resize() == Resize.STRETCH ? size : size + "-" + framing.resize().label();
  }

  /** How images are framed whose pixels are kept decoded. */
  public Framing framing() {
    return framing;
  }

  /** Applies what was read from one partition or several, and remembers how far that was. */
  synchronized Applied apply(List<Change> changes, Map<Integer, Long> nextOffsets) {
    return guarded(
        () -> {
          int stored = 0;
          int unchanged = 0;
          int unusable = 0;
          int forgotten = 0;
          for (Change change : changes) {
            pending.remove(change.id());
            if (change instanceof Change.Postpone postpone) {
              unusable++;
              postpone(postpone.pending());
            } else if (change instanceof Change.Forget forget) {
              forgotten++;
              forget(forget.id());
            } else if (change instanceof Change.KeepOut keepOut) {
              unusable++;
              forget(keepOut.id());
              write(keepOut.id(), keepOut.entry());
            } else if (change instanceof Change.Store image) {
              if (put(image)) {
                stored++;
              } else {
                unchanged++;
              }
            }
          }
          nextOffsets.forEach((partition, offset) -> next.put(partition.toString(), offset));
          add(CHANGES, stored);
          numbers.put(FOLLOWED, System.currentTimeMillis());
          store.commit();
          if (stored + unusable + forgotten > 0) {
            revision.incrementAndGet();
          }
          return new Applied(stored, unchanged, unusable, forgotten);
        });
  }

  private boolean put(Change.Store image) {
    ImageEntry entry = image.entry().inGeneration(generation());
    boolean unchanged =
        entry(image.id()).map(known -> known.sameContent(entry)).orElse(false)
            && originals.containsKey(image.id());
    write(image.id(), entry);
    if (!unchanged) {
      originals.put(image.id(), image.original());
    }
    pixels.put(image.id(), image.pixels());
    return !unchanged;
  }

  private void postpone(PendingReference reference) {
    ImageEntry known = entry(reference.id()).filter(ImageEntry::usable).orElse(reference.entry());
    write(reference.id(), known);
    pending.put(reference.id(), json(reference));
  }

  /** What is to be fetched again. */
  synchronized List<PendingReference> pending() {
    return guarded(
        () -> pending.values().stream().map(json -> parse(json, PendingReference.class)).toList());
  }

  private void forget(String id) {
    entries.remove(id);
    pending.remove(id);
    originals.remove(id);
    pixels.remove(id);
  }

  /** Everything known now, with the stretch of the topic that it comes from. */
  public synchronized Snapshot snapshot(String topic) {
    return guarded(
        () -> {
          Map<String, ImageEntry> all = new LinkedHashMap<>();
          entries.forEach((id, json) -> all.put(id, parse(json)));
          List<OffsetRange> ranges = new ArrayList<>();
          next.forEach(
              (partition, to) ->
                  ranges.add(
                      new OffsetRange(
                          topic,
                          Integer.parseInt(partition),
                          first.getOrDefault(partition, 0L),
                          to)));
          Map<String, Side> pinned = new HashMap<>();
          pins.forEach((group, side) -> pinned.put(group, Side.valueOf(side)));
          return new Snapshot(all, ranges, pinned, number(CHANGES));
        });
  }

  /** Remembers where groups were put that the hash alone would have put elsewhere. */
  public synchronized void pin(Map<String, Side> groups) {
    guarded(
        () -> {
          groups.forEach((group, side) -> pins.put(group, side.name()));
          return store.commit();
        });
  }

  /** Rises whenever something came that may change what can be learned. */
  public long revision() {
    return revision.get();
  }

  /** How many labels are new or changed since the last run that was marked. */
  public synchronized long newLabels() {
    return guarded(() -> number(CHANGES) - number(CHANGES_AT_RUN));
  }

  /** Marks the changes of a snapshot as learned from. */
  public synchronized void markRun(long changes) {
    guarded(
        () -> {
          numbers.put(CHANGES_AT_RUN, changes);
          return store.commit();
        });
  }

  /** The encoded image, unless it was forgotten since. */
  public Optional<byte[]> original(String id) {
    return guarded(() -> Optional.ofNullable(originals.get(id)));
  }

  /** The decoded image of {@link #framing()}, where it is kept. */
  public Optional<byte[]> pixels(String id) {
    return guarded(() -> Optional.ofNullable(pixels.get(id)));
  }

  /** Keeps an image decoded, unless it was forgotten since. */
  public synchronized void keep(String id, byte[] decoded) {
    guarded(
        () -> {
          if (originals.containsKey(id)) {
            pixels.put(id, decoded);
          }
          return store.getUnsavedMemory() > UNSAVED_BYTES ? store.commit() : 0;
        });
  }

  synchronized StoredPositions positions() {
    return guarded(
        () -> {
          Map<Integer, Long> offsets = new HashMap<>();
          next.forEach((partition, offset) -> offsets.put(Integer.valueOf(partition), offset));
          return new StoredPositions(
              about.getOrDefault("topic-id", ""), offsets, number(FOLLOWED), number(SWEPT) == 1);
        });
  }

  /** Begins to read the topic from its start; what is not seen again by {@link #sweep} is gone. */
  synchronized void reread(String topicId) {
    guarded(
        () -> {
          about.put("topic-id", topicId);
          add(GENERATION, 1);
          numbers.put(SWEPT, 0L);
          first.clear();
          next.clear();
          return store.commit();
        });
  }

  /** Remembers the first offset of a partition that is read for the first time. */
  synchronized void begin(int partition, long offset) {
    guarded(() -> first.putIfAbsent(Integer.toString(partition), offset));
  }

  /** Forgets what the reading that began last did not see; returns how many images that were. */
  synchronized int sweep() {
    return guarded(
        () -> {
          List<String> unseen = new ArrayList<>();
          entries.forEach(
              (id, json) -> {
                if (parse(json).generation() < generation()) {
                  unseen.add(id);
                }
              });
          unseen.forEach(this::forget);
          revision.incrementAndGet();
          numbers.put(SWEPT, 1L);
          store.commit();
          return unseen.size();
        });
  }

  @Override
  public synchronized void close() {
    if (!store.isClosed()) {
      guarded(
          () -> {
            store.close();
            return null;
          });
    }
  }

  private Optional<ImageEntry> entry(String id) {
    return Optional.ofNullable(entries.get(id)).map(ImageStore::parse);
  }

  private void write(String id, ImageEntry entry) {
    entries.put(id, json(entry.inGeneration(generation())));
  }

  private static String json(Object value) {
    try {
      return Json.MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An entry of the image store cannot be written", e);
    }
  }

  private static ImageEntry parse(String json) {
    return parse(json, ImageEntry.class);
  }

  private static <T> T parse(String json, Class<T> type) {
    try {
      return Json.MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An entry of the image store cannot be read: " + json, e);
    }
  }

  private int generation() {
    return Math.toIntExact(number(GENERATION));
  }

  private long number(String name) {
    return numbers.getOrDefault(name, 0L);
  }

  private void add(String name, long more) {
    numbers.put(name, number(name) + more);
  }

  private <T> T guarded(Supplier<T> work) {
    try {
      return work.get();
    } catch (MVStoreException e) {
      throw StoreException.of(file, e);
    }
  }

  private static MVMap.Builder<String, String> strings() {
    return new MVMap.Builder<String, String>()
        .keyType(StringDataType.INSTANCE)
        .valueType(StringDataType.INSTANCE);
  }

  private static MVMap.Builder<String, byte[]> bytes() {
    return new MVMap.Builder<String, byte[]>()
        .keyType(StringDataType.INSTANCE)
        .valueType(ByteArrayDataType.INSTANCE);
  }

  private static MVMap.Builder<String, Long> longs() {
    return new MVMap.Builder<String, Long>()
        .keyType(StringDataType.INSTANCE)
        .valueType(LongDataType.INSTANCE);
  }
}
