package io.ocellus.network.graph;

import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.initializer.XavierInitializer.FactorType;
import ai.djl.training.initializer.XavierInitializer.RandomType;

/** How parameters start, as PyTorch and torchvision start theirs. */
public enum Init {
  ZEROS,
  ONES,
  /**
   * Normal with variance {@code 2 / fan_in} (He et al. 2015, equation 10): convolutions before a
   * ReLU.
   */
  KAIMING_NORMAL,
  /** Uniform in {@code ±1 / sqrt(fan_in)}: what PyTorch gives a linear layer's weight. */
  LINEAR_UNIFORM;

  /** The same for DJL. */
  public Initializer initializer() {
    return switch (this) {
      case ZEROS -> Initializer.ZEROS;
      case ONES -> Initializer.ONES;
      case KAIMING_NORMAL -> new XavierInitializer(RandomType.GAUSSIAN, FactorType.IN, 2);
      case LINEAR_UNIFORM -> new XavierInitializer(RandomType.UNIFORM, FactorType.IN, 1);
    };
  }
}
