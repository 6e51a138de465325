package io.ocellus.network.weights;

import io.ocellus.network.ElementType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The Python functions that a state dict is rebuilt with. Whatever is not here is refused by name,
 * and none of these runs anything that the file brings.
 */
enum TorchGlobal {
  ORDERED_DICT("collections.OrderedDict") {
    @Override
    Object call(Tuple arguments) throws PickleException {
      if (!arguments.items().isEmpty()) {
        throw new PickleException("an OrderedDict is made from arguments");
      }
      return new LinkedHashMap<Object, Object>();
    }
  },
  SIZE("torch.Size") {
    @Override
    Object call(Tuple arguments) throws PickleException {
      return arguments.get(0, Tuple.class);
    }
  },
  /** Until PyTorch 0.3: storage, offset, shape, strides. */
  TENSOR("torch._utils._rebuild_tensor") {
    @Override
    Object call(Tuple arguments) throws PickleException {
      return tensor(arguments);
    }
  },
  /** The same, then whether it has a gradient, and hooks. */
  TENSOR_V2("torch._utils._rebuild_tensor_v2") {
    @Override
    Object call(Tuple arguments) throws PickleException {
      return tensor(arguments);
    }
  },
  /** Tensor, whether it has a gradient, and hooks. */
  PARAMETER("torch._utils._rebuild_parameter") {
    @Override
    Object call(Tuple arguments) throws PickleException {
      return arguments.get(0, TensorRef.class);
    }
  };

  private final String path;

  TorchGlobal(String path) {
    this.path = path;
  }

  abstract Object call(Tuple arguments) throws PickleException;

  private static TensorRef tensor(Tuple arguments) throws PickleException {
    return TensorRef.of(
        arguments.get(0, StorageRef.class),
        arguments.get(1, Long.class),
        arguments.longs(2),
        arguments.longs(3));
  }

  /** The function of that dotted name, or the element type that a class of storages stands for. */
  static Object find(String dotted) throws PickleException {
    for (TorchGlobal global : values()) {
      if (global.path.equals(dotted)) {
        return global;
      }
    }
    return Stream.of(ElementType.values())
        .filter(
            type ->
                dotted.equals("torch." + type.torchStorage())
                    || dotted.equals("torch.cuda." + type.torchStorage()))
        .findFirst()
        .orElseThrow(
            () ->
                new PickleException(
                    "it asks for the Python object %s. Only tensors, dictionaries, lists, text and numbers are"
                            .formatted(dotted)
                        + " read, and nothing in it was run. Was more saved than a state_dict()?"));
  }

  /** What {@code BUILD} may do: give an OrderedDict its {@code _metadata}, which is not needed. */
  static void checkState(Object target, Object state) throws PickleException {
    if (!(target instanceof Map) || !(state instanceof Map)) {
      throw new PickleException("it sets the state of a Python object");
    }
  }
}
