package io.ocellus.inferencer.serving;

import io.ocellus.network.ElementType;

/** In what convolutions and linear layers compute; images and logits are float32 in any case. */
public enum Precision {
  /** What the network was trained and measured in. */
  FLOAT32(ElementType.F32),
  /**
   * A float32's range with eight bits of precision, as by PyTorch's {@code autocast}, where the
   * device multiplies in it; elsewhere float32 is faster and runs instead.
   */
  BFLOAT16(ElementType.BF16);

  private final ElementType type;

  Precision(ElementType type) {
    this.type = type;
  }

  ElementType type() {
    return type;
  }
}
