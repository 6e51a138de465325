package io.ocellus.network.weights;

import io.ocellus.network.ElementType;

/**
 * Names an array of raw values elsewhere in the file.
 *
 * @param type of its elements
 * @param key by which the file finds it
 * @param elements how many it has
 * @param offset where this part of it begins, in elements
 */
record StorageRef(ElementType type, String key, long elements, long offset) {

  /** From a persistent id: {@code ("storage", type, key, device, elements[, view])}. */
  static StorageRef of(Object id) throws PickleException {
    if (!(id instanceof Tuple tuple)) {
      throw new PickleException("it names a storage by something else than a tuple");
    }
    if (!tuple.get(0, String.class).equals("storage")) {
      throw new PickleException(
          "it names a %s where a storage belongs".formatted(tuple.get(0, String.class)));
    }
    boolean view = tuple.items().size() > 5 && tuple.items().get(5) != null;
    long offset = view ? tuple.get(5, Tuple.class).get(1, Long.class) : 0;
    long elements = tuple.get(4, Long.class);
    if (elements < 0 || offset < 0) {
      throw new PickleException("it names a storage of %d elements".formatted(elements));
    }
    return new StorageRef(
        tuple.get(1, ElementType.class), tuple.get(2, String.class), elements, offset);
  }

  /** Whether both say the same of the array of that key. */
  boolean sameArray(StorageRef other) {
    return type == other.type && elements == other.elements && key.equals(other.key);
  }
}
