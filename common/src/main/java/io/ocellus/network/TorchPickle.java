package io.ocellus.network;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes the few Python objects of an archive in pickle protocol 2, as {@code torch.jit.save} does:
 * a module is an object of its class with its attributes as state, a tensor is {@code
 * torch._utils._rebuild_tensor_v2} of a storage named by persistent id.
 */
final class TorchPickle {
  static final char PROTOCOL = 0x80;
  static final char MARK = '(';
  static final char TUPLE = 't';
  static final char EMPTY_TUPLE = ')';
  static final char EMPTY_DICT = '}';
  static final char SETITEMS = 'u';
  static final char REDUCE = 'R';
  static final char NEWOBJ = 0x81;
  static final char BUILD = 'b';
  static final char BINPERSID = 'Q';
  static final char BININT = 'J';
  static final char BINUNICODE = 'X';
  static final char GLOBAL = 'c';
  static final char NEWFALSE = 0x89;
  static final char STOP = '.';

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private TorchPickle() {
    op(PROTOCOL).op((char) 2);
  }

  static byte[] emptyTuple() {
    return new TorchPickle().op(EMPTY_TUPLE).end();
  }

  /** The module object; its tensors' storages are numbered in the map's order. */
  static byte[] module(Map<String, TorchTensor> attributes) {
    TorchPickle pickle = new TorchPickle();
    pickle.global("__torch__", "Network").op(EMPTY_TUPLE).op(NEWOBJ).op(EMPTY_DICT).op(MARK);
    int storage = 0;
    for (Map.Entry<String, TorchTensor> attribute : attributes.entrySet()) {
      pickle.text(attribute.getKey()).tensor(attribute.getValue(), storage++);
    }
    return pickle.text("training").op(NEWFALSE).op(SETITEMS).op(BUILD).end();
  }

  private TorchPickle tensor(TorchTensor tensor, int storage) {
    global("torch._utils", "_rebuild_tensor_v2").op(MARK);
    op(MARK)
        .text("storage")
        .global("torch", tensor.type().torchStorage())
        .text(Integer.toString(storage));
    text("cpu").integer(tensor.values().length).op(TUPLE).op(BINPERSID);
    integer(0).integers(tensor.shape()).integers(tensor.strides()).op(NEWFALSE);
    return global("collections", "OrderedDict").op(EMPTY_TUPLE).op(REDUCE).op(TUPLE).op(REDUCE);
  }

  private TorchPickle integers(long... values) {
    op(MARK);
    for (long value : values) {
      integer(Math.toIntExact(value));
    }
    return op(TUPLE);
  }

  private TorchPickle integer(int value) {
    return op(BININT).littleEndian(value);
  }

  private TorchPickle text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    op(BINUNICODE).littleEndian(utf8.length);
    out.writeBytes(utf8);
    return this;
  }

  private TorchPickle global(String module, String name) {
    op(GLOBAL);
    out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  private TorchPickle littleEndian(int value) {
    out.writeBytes(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
    return this;
  }

  private TorchPickle op(char opcode) {
    out.write(opcode);
    return this;
  }

  private byte[] end() {
    return op(STOP).out.toByteArray();
  }
}
