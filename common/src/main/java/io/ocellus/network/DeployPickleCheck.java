package io.ocellus.network;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.Set;

/**
 * Walks through a pickle and finds what {@link TorchPickle} would not have written: a function or
 * class other than the four that tensors in a module take, or any other opcode.
 */
final class DeployPickleCheck {
  private static final Set<String> GLOBALS =
      Set.of(
          "__torch__.Network",
          "torch._utils._rebuild_tensor_v2",
          "torch.FloatStorage",
          "collections.OrderedDict");
  private static final char END_OF_NAME = '\n';

  private DeployPickleCheck() {}

  /** What is strange about it; empty where nothing is. */
  static Optional<String> complaint(byte[] pickle) {
    ByteBuffer in = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
    try {
      while (true) {
        int opcode = in.get() & 0xff;
        switch (opcode) {
          case TorchPickle.PROTOCOL -> in.get();
          case TorchPickle.BININT -> in.getInt();
          case TorchPickle.BINUNICODE -> skip(in, in.getInt());
          case TorchPickle.GLOBAL -> {
            String global = line(in) + "." + line(in);
            if (!GLOBALS.contains(global)) {
              return Optional.of("its object names " + DeployGraphCheck.printable(global));
            }
          }
          case TorchPickle.MARK,
              TorchPickle.TUPLE,
              TorchPickle.EMPTY_TUPLE,
              TorchPickle.EMPTY_DICT,
              TorchPickle.SETITEMS,
              TorchPickle.REDUCE,
              TorchPickle.NEWOBJ,
              TorchPickle.BUILD,
              TorchPickle.BINPERSID,
              TorchPickle.NEWFALSE -> {}
          case TorchPickle.STOP -> {
            return in.hasRemaining()
                ? Optional.of("its object goes on after its end")
                : Optional.empty();
          }
          default -> {
            return Optional.of("its object has opcode 0x%02x".formatted(opcode));
          }
        }
      }
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return Optional.of("its object ends too early");
    }
  }

  private static void skip(ByteBuffer in, int bytes) {
    if (bytes < 0) {
      throw new BufferUnderflowException();
    }
    in.position(in.position() + bytes);
  }

  private static String line(ByteBuffer in) {
    StringBuilder line = new StringBuilder();
    for (byte next = in.get(); next != END_OF_NAME; next = in.get()) {
      line.append((char) (next & 0xff));
    }
    return line.toString();
  }
}
