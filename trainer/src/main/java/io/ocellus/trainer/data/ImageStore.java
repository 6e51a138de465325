package io.ocellus.trainer.data;

import io.ocellus.image.Framing;
import io.ocellus.image.Resize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.h2.mvstore.MVMap;

/**
 * The labelled images as a file on this machine, so that a restart neither reads the topic again
 * nor decodes an image twice. Images and the offsets that they were read up to change in one
 * commit; a process killed between two commits finds the earlier one. The topic stays the truth: a
 * store that is lost or deleted is filled from it again.
 */
public final class ImageStore implements AutoCloseable {
  private static final int UNSAVED_BYTES = 16 << 20;
  private static final String CHANGES = "changes";
  private static final String CHANGES_AT_RUN = "changes-at-run";

  private final Framing framing;
  private final StoreFile file;
  private final TopicReading reading;
  private final MVMap<String, String> entries;
  private final MVMap<String, byte[]> originals;
  private final MVMap<String, byte[]> pixels;
  private final MVMap<String, String> pending;
  private final MVMap<String, String> pins;
  private final RecordOrigins origins;
  private final AtomicLong revision = new AtomicLong();

  private ImageStore(StoreFile file, Framing framing) {
    this.framing = framing;
    this.file = file;
    reading = new TopicReading(file);
    entries = file.texts("entries");
    originals = file.bytes("originals");
    pixels = file.bytes(pixelsMap(framing));
    pending = file.texts("pending-references");
    pins = file.texts("pins");
    origins = new RecordOrigins(file);
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
    String kept = pixelsMap(framing);
    StoreFile file =
        StoreFile.open(
            directory.resolve("labelled-images.mv"),
            map -> map.startsWith("pixels-") && !map.equals(kept));
    return file.guarded(() -> new ImageStore(file, framing));
  }

  private static String pixelsMap(Framing framing) {
    String size = "pixels-" + framing.size();
    return framing.resize() == Resize.STRETCH ? size : size + "-" + framing.resize().label();
  }

  /** How images are framed whose pixels are kept decoded. */
  public Framing framing() {
    return framing;
  }

  /**
   * Those of the records, in their order, that no later one of another partition has replaced. They
   * are remembered with the next {@link #apply}.
   */
  synchronized List<ConsumerRecord<String, byte[]>> current(
      List<ConsumerRecord<String, byte[]>> records) {
    return file.guarded(
        () -> records.stream().filter(r -> origins.add(RecordReader.id(r), r)).toList());
  }

  /** Applies what was read from one partition or several, and remembers how far that was. */
  synchronized Applied apply(List<Change> changes, Map<Integer, Long> nextOffsets) {
    return file.guarded(
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
          reading.reached(nextOffsets);
          file.add(CHANGES, stored);
          file.commit();
          if (stored + unusable + forgotten > 0) {
            revision.incrementAndGet();
          }
          return new Applied(stored, unchanged, unusable, forgotten);
        });
  }

  private boolean put(Change.Store image) {
    ImageEntry entry = image.entry().inGeneration(reading.generation());
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
    pending.put(reference.id(), StoreFile.json(reference));
  }

  /** What is to be fetched again. */
  synchronized List<PendingReference> pending() {
    return file.guarded(
        () ->
            pending.values().stream()
                .map(json -> StoreFile.parse(json, PendingReference.class))
                .toList());
  }

  private void forget(String id) {
    entries.remove(id);
    pending.remove(id);
    originals.remove(id);
    pixels.remove(id);
  }

  /** Everything known now, with the stretch of the topic that it comes from. */
  public synchronized Snapshot snapshot(String topic) {
    return file.guarded(
        () -> {
          Map<String, ImageEntry> all = new LinkedHashMap<>();
          entries.forEach((id, json) -> all.put(id, parse(json)));
          Map<String, Side> pinned = new HashMap<>();
          pins.forEach((group, side) -> pinned.put(group, Side.valueOf(side)));
          return new Snapshot(all, reading.ranges(topic), pinned, file.number(CHANGES));
        });
  }

  /** Remembers where groups were put that the hash alone would have put elsewhere. */
  public synchronized void pin(Map<String, Side> groups) {
    file.guarded(
        () -> {
          groups.forEach((group, side) -> pins.put(group, side.name()));
          return file.commit();
        });
  }

  /** Rises whenever something came that may change what can be learned. */
  public long revision() {
    return revision.get();
  }

  /** How many labels are new or changed since the last run that was marked. */
  public synchronized long newLabels() {
    return file.guarded(() -> file.number(CHANGES) - file.number(CHANGES_AT_RUN));
  }

  /** Marks the changes of a snapshot as learned from. */
  public synchronized void markRun(long changes) {
    file.guarded(
        () -> {
          file.put(CHANGES_AT_RUN, changes);
          return file.commit();
        });
  }

  /** The encoded image, unless it was forgotten since. */
  public Optional<byte[]> original(String id) {
    return file.guarded(() -> Optional.ofNullable(originals.get(id)));
  }

  /** The decoded image of {@link #framing()}, where it is kept. */
  public Optional<byte[]> pixels(String id) {
    return file.guarded(() -> Optional.ofNullable(pixels.get(id)));
  }

  /** Keeps an image decoded, unless it was forgotten since. */
  public synchronized void keep(String id, byte[] decoded) {
    file.guarded(
        () -> {
          if (originals.containsKey(id)) {
            pixels.put(id, decoded);
          }
          return file.commitBeyond(UNSAVED_BYTES);
        });
  }

  synchronized StoredPositions positions() {
    return file.guarded(reading::positions);
  }

  /** Begins to read the topic from its start; what is not seen again by {@link #sweep} is gone. */
  synchronized void reread(String topicId) {
    file.guarded(
        () -> {
          reading.begin(topicId);
          origins.clear();
          return file.commit();
        });
  }

  /** Remembers the first offset of a partition that is read for the first time. */
  synchronized void begin(int partition, long offset) {
    file.guarded(
        () -> {
          reading.begin(partition, offset);
          return null;
        });
  }

  /** Forgets what the reading that began last did not see; returns how many images that were. */
  synchronized int sweep() {
    return file.guarded(
        () -> {
          List<String> unseen = new ArrayList<>();
          entries.forEach(
              (id, json) -> {
                if (parse(json).generation() < reading.generation()) {
                  unseen.add(id);
                }
              });
          unseen.forEach(this::forget);
          revision.incrementAndGet();
          reading.swept();
          file.commit();
          return unseen.size();
        });
  }

  @Override
  public synchronized void close() {
    file.close();
  }

  private Optional<ImageEntry> entry(String id) {
    return Optional.ofNullable(entries.get(id)).map(ImageStore::parse);
  }

  private void write(String id, ImageEntry entry) {
    entries.put(id, StoreFile.json(entry.inGeneration(reading.generation())));
  }

  private static ImageEntry parse(String json) {
    return StoreFile.parse(json, ImageEntry.class);
  }
}
