package io.ocellus.network.weights;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads Python's pickles of protocols 2 to 5, as far as {@code torch.save} of a state dict writes
 * them: a closed world of dictionaries ({@link LinkedHashMap}), lists, tuples, text, numbers,
 * {@link StorageRef} and {@link TensorRef}. Other opcodes and other Python objects are refused.
 * What is allocated is proportional to what was read, and that is limited.
 *
 * @see <a href="https://github.com/python/cpython/blob/3.13/Lib/pickletools.py">pickletools</a>
 */
final class Pickle {
  /** A state dict of 5,000 tensors, with the optimiser's beside it, takes 2 MB. */
  private static final int MOST_BYTES = 8 << 20;

  private static final int LONGEST_LINE = 200;

  private final InputStream in;
  private final Map<String, StorageRef> storages;
  private final Deque<List<Object>> outer = new ArrayDeque<>();
  private final Map<Integer, Object> memo = new HashMap<>();
  private List<Object> stack = new ArrayList<>();
  private int read;

  private Pickle(InputStream in, Map<String, StorageRef> storages) {
    this.in = in;
    this.storages = storages;
  }

  /** Reads one object that refers to no storages; the stream is left behind its last byte. */
  static Object read(InputStream in) throws IOException {
    return read(in, new HashMap<>());
  }

  /**
   * Reads one object; the stream is left behind its last byte.
   *
   * @param storages takes those that it refers to, by key
   */
  static Object read(InputStream in, Map<String, StorageRef> storages) throws IOException {
    return new Pickle(in, storages).object();
  }

  private Object object() throws IOException {
    for (int opcode = u1(); opcode != '.'; opcode = u1()) {
      step(opcode);
    }
    return pop();
  }

  private void step(int opcode) throws IOException {
    switch (opcode) {
      case 0x80 -> protocol(u1());
      case 'N' -> push(null);
      case 0x88 -> push(true);
      case 0x89 -> push(false);
      case 'K' -> push((long) u1());
      case 'M' -> push((long) (u1() | u1() << 8));
      case 'J' -> push((long) s4());
      case 0x8a -> push(integer(bytes(u1())));
      case 'G' -> push(ByteBuffer.wrap(bytes(8)).getDouble());
      case 'X' -> push(new String(bytes(s4()), StandardCharsets.UTF_8));
      case 'T' -> push(new String(bytes(s4()), StandardCharsets.ISO_8859_1));
      case 'U', 'C' -> push(new String(bytes(u1()), StandardCharsets.ISO_8859_1));
      case 'B' -> push(new String(bytes(s4()), StandardCharsets.ISO_8859_1));
      case 0x8c -> push(new String(bytes(u1()), StandardCharsets.UTF_8));
      case 0x95 -> skipFrame();
      case 0x94 -> memo.put(memo.size(), peek(Object.class));
      case 'q' -> memo.put(u1(), peek(Object.class));
      case 'r' -> memo.put(s4(), peek(Object.class));
      case 'h' -> push(remembered(u1()));
      case 'j' -> push(remembered(s4()));
      case '(' -> mark();
      default -> build(opcode);
    }
  }

  private void build(int opcode) throws IOException {
    switch (opcode) {
      case ')' -> push(new Tuple(List.of()));
      case 't' -> push(new Tuple(popMark()));
      case 0x85 -> push(new Tuple(popLast(1)));
      case 0x86 -> push(new Tuple(popLast(2)));
      case 0x87 -> push(new Tuple(popLast(3)));
      case ']' -> push(new ArrayList<>());
      case 'a' -> append(popLast(1));
      case 'e' -> append(popMark());
      case '}' -> push(new LinkedHashMap<>());
      case 's' -> set(popLast(2));
      case 'u' -> set(popMark());
      case 'c' -> push(TorchGlobal.find(line() + "." + line()));
      case 0x93 -> {
        String name = pop(String.class);
        push(TorchGlobal.find(pop(String.class) + "." + name));
      }
      case 'Q' -> push(storage(StorageRef.of(pop())));
      case 'R' -> {
        Tuple arguments = pop(Tuple.class);
        push(pop(TorchGlobal.class).call(arguments));
      }
      case 'b' -> {
        Object state = pop();
        TorchGlobal.checkState(peek(Object.class), state);
      }
      default ->
          throw new PickleException(
              "it has the pickle opcode 0x%02x, which no state dict needs".formatted(opcode));
    }
  }

  private static void protocol(int version) throws PickleException {
    if (version < 2 || version > 5) {
      throw new PickleException("it has pickle protocol %d, not 2 to 5".formatted(version));
    }
  }

  /** From protocol 4 on, opcodes come in frames, which only tell a reader how much to buffer. */
  private void skipFrame() throws IOException {
    bytes(Long.BYTES);
  }

  private static Object integer(byte[] littleEndian) {
    byte[] bigEndian = new byte[littleEndian.length + 1];
    for (int i = 0; i < littleEndian.length; i++) {
      bigEndian[littleEndian.length - i] = littleEndian[i];
    }
    bigEndian[0] = (byte) (littleEndian.length > 0 && bigEndian[1] < 0 ? -1 : 0);
    BigInteger value = new BigInteger(bigEndian);
    return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
  }

  private Object remembered(int index) throws PickleException {
    if (!memo.containsKey(index)) {
      throw new PickleException("it remembers what it never saw");
    }
    return memo.get(index);
  }

  private StorageRef storage(StorageRef named) throws PickleException {
    StorageRef before = storages.putIfAbsent(named.key(), named);
    if (before != null && !before.sameArray(named)) {
      throw new PickleException("it describes storage %s in two ways".formatted(named.key()));
    }
    return named;
  }

  private void append(List<Object> items) throws PickleException {
    if (!(peek(Object.class) instanceof ArrayList<?>)) {
      throw new PickleException("it appends to what is no list");
    }
    @SuppressWarnings("unchecked")
    List<Object> list = peek(ArrayList.class);
    list.addAll(items);
  }

  private void set(List<Object> items) throws PickleException {
    @SuppressWarnings("unchecked")
    Map<Object, Object> map = peek(LinkedHashMap.class);
    if (items.size() % 2 != 0) {
      throw new PickleException("it has a key without a value");
    }
    for (int i = 0; i < items.size(); i += 2) {
      Object key = items.get(i);
      if (!(key instanceof String || key instanceof Number || key instanceof Boolean)) {
        throw new PickleException("a dictionary has a key that is neither text nor number");
      }
      map.put(key, items.get(i + 1));
    }
  }

  private void push(Object value) {
    stack.add(value);
  }

  private void mark() {
    outer.push(stack);
    stack = new ArrayList<>();
  }

  private List<Object> popMark() throws PickleException {
    if (outer.isEmpty()) {
      throw new PickleException("it ends what it never began");
    }
    List<Object> items = stack;
    stack = outer.pop();
    return items;
  }

  private List<Object> popLast(int count) throws PickleException {
    if (stack.size() < count) {
      throw new PickleException("it takes what it never gave");
    }
    List<Object> last = stack.subList(stack.size() - count, stack.size());
    List<Object> items = new ArrayList<>(last);
    last.clear();
    return items;
  }

  private Object pop() throws PickleException {
    return popLast(1).get(0);
  }

  private <T> T pop(Class<T> type) throws PickleException {
    T top = peek(type);
    stack.remove(stack.size() - 1);
    return top;
  }

  private <T> T peek(Class<T> type) throws PickleException {
    Object top = stack.isEmpty() ? null : stack.get(stack.size() - 1);
    if (!type.isInstance(top)) {
      throw new PickleException("a %s is missing".formatted(type.getSimpleName()));
    }
    return type.cast(top);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = u1(); next != '\n'; next = u1()) {
      line.append((char) next);
      if (line.length() > LONGEST_LINE) {
        throw new PickleException("a Python name is longer than %d".formatted(LONGEST_LINE));
      }
    }
    return line.toString();
  }

  private int u1() throws IOException {
    count(1);
    int next = in.read();
    if (next < 0) {
      throw new EOFException("it ends in the middle of a pickle");
    }
    return next;
  }

  private int s4() throws IOException {
    return ByteBuffer.wrap(bytes(4)).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }

  private byte[] bytes(int length) throws IOException {
    if (length < 0) {
      throw new PickleException("it has a text of %d bytes".formatted(length));
    }
    count(length);
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("it ends in the middle of a pickle");
    }
    return bytes;
  }

  private void count(int bytes) throws PickleException {
    if (bytes > MOST_BYTES - read) {
      throw new PickleException("its pickle is larger than %d MiB".formatted(MOST_BYTES >> 20));
    }
    read += bytes;
  }
}
