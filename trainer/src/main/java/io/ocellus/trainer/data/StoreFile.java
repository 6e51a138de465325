package io.ocellus.trainer.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.ocellus.service.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.DataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;

/**
 * Maps in one file. What is changed in any of them is there after the next {@link #commit}, all of
 * it or nothing, however the process ends.
 */
final class StoreFile implements AutoCloseable {
  private final Path path;
  private final MVStore store;
  private final MVMap<String, Long> numbers;

  private StoreFile(Path path, MVStore store) {
    this.path = path;
    this.store = store;
    numbers = map("numbers", LongDataType.INSTANCE);
  }

  /**
   * Opens or creates it.
   *
   * @param outdated names of maps that nobody needs any more
   * @throws StoreException saying what is wrong
   */
  static StoreFile open(Path path, Predicate<String> outdated) {
    try {
      Files.createDirectories(path.getParent());
      MVStore store = new MVStore.Builder().fileName(path.toString()).autoCommitDisabled().open();
      List.copyOf(store.getMapNames()).stream().filter(outdated).forEach(store::removeMap);
      return new StoreFile(path, store);
    } catch (MVStoreException | IOException e) {
      throw StoreException.of(path, e);
    }
  }

  MVMap<String, String> texts(String name) {
    return map(name, StringDataType.INSTANCE);
  }

  MVMap<String, byte[]> bytes(String name) {
    return map(name, ByteArrayDataType.INSTANCE);
  }

  MVMap<String, Long> numbers(String name) {
    return map(name, LongDataType.INSTANCE);
  }

  private <T> MVMap<String, T> map(String name, DataType<T> type) {
    return store.openMap(
        name, new MVMap.Builder<String, T>().keyType(StringDataType.INSTANCE).valueType(type));
  }

  /** A number by its name; 0 where none was put. */
  long number(String name) {
    return numbers.getOrDefault(name, 0L);
  }

  void put(String name, long number) {
    numbers.put(name, number);
  }

  void add(String name, long more) {
    put(name, number(name) + more);
  }

  long commit() {
    return store.commit();
  }

  /** Commits once that many bytes wait for it. */
  long commitBeyond(int bytes) {
    return store.getUnsavedMemory() > bytes ? commit() : 0;
  }

  /**
   * Does something with the maps.
   *
   * @throws StoreException saying what is wrong with the file
   */
  <T> T guarded(Supplier<T> work) {
    try {
      return work.get();
    } catch (MVStoreException e) {
      throw StoreException.of(path, e);
    }
  }

  static String json(Object value) {
    try {
      return Json.MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An entry of the image store cannot be written", e);
    }
  }

  static <T> T parse(String json, Class<T> type) {
    try {
      return Json.MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An entry of the image store cannot be read: " + json, e);
    }
  }

  @Override
  public void close() {
    if (!store.isClosed()) {
      guarded(
          () -> {
            store.close();
            return null;
          });
    }
  }
}
