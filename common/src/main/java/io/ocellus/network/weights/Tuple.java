package io.ocellus.network.weights;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Python's tuple.
 *
 * @param items in order; any may be null, for {@code None}
 */
record Tuple(List<Object> items) {
  Tuple {
    items = Collections.unmodifiableList(new ArrayList<>(items));
  }

  /** The item at that place, of that type. */
  <T> T get(int index, Class<T> type) throws PickleException {
    Object item = index < items.size() ? items.get(index) : null;
    if (!type.isInstance(item)) {
      throw new PickleException(
          "a %s is expected in place %d of a call, not %s"
              .formatted(
                  type.getSimpleName(),
                  index,
                  item == null ? "nothing" : "a " + item.getClass().getSimpleName()));
    }
    return type.cast(item);
  }

  /** The tuple at that place, as whole numbers. */
  long[] longs(int index) throws PickleException {
    Tuple tuple = get(index, Tuple.class);
    long[] values = new long[tuple.items.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = tuple.get(i, Long.class);
    }
    return values;
  }
}
