package io.ocellus.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Parameters and buffers under the names that PyTorch's {@code Module.state_dict()} gives them, in
 * that order.
 */
public final class StateDict {
  private final Map<String, Tensor> entries;

  public StateDict(Map<String, Tensor> entries) {
    this.entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  /** The tensors by name, in the order of the network's definition. */
  public Map<String, Tensor> entries() {
    return entries;
  }

  /** The tensor of that name; an error that names it where there is none. */
  public Tensor get(String name) {
    Tensor tensor = entries.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("The state dict has no entry " + name);
    }
    return tensor;
  }
}
