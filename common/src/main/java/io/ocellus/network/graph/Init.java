package io.ocellus.network.graph;

import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.initializer.XavierInitializer.FactorType;
import ai.djl.training.initializer.XavierInitializer.RandomType;

/** How parameters start, as PyTorch and torchvision start theirs. */
public enum Init {
  ZEROS,
  ONES,
  /** The affine window that shows the whole picture. */
  WHOLE_PICTURE,
  /**
   * Normal with variance {@code 2 / fan_in} (He et al. 2015, equation 10): convolutions before a
   * ReLU.
   */
  KAIMING_NORMAL,
  /** Normal with variance {@code 2 / fan_out}: convolutions of residual networks. */
  KAIMING_NORMAL_FAN_OUT,
  /** Uniform in {@code ±sqrt(6 / fan_in)}, whose variance is {@code 2 / fan_in}. */
  KAIMING_UNIFORM,
  /** Normal with deviation 0.01. */
  NORMAL_HUNDREDTH,
  /**
   * Uniform in {@code ±1 / sqrt(fan_in)}: what PyTorch gives the weight of a linear layer or a
   * convolution where nothing else is said.
   */
  LINEAR_UNIFORM;

  /** The same for DJL. */
  public Initializer initializer() {
    return switch (this) {
      case ZEROS -> Initializer.ZEROS;
      case ONES -> Initializer.ONES;
      case WHOLE_PICTURE ->
          (manager, shape, type) ->
              manager.create(new float[] {1, 0, 0, 0, 1, 0}).toType(type, false);
      case KAIMING_NORMAL -> new XavierInitializer(RandomType.GAUSSIAN, FactorType.IN, 2);
      case KAIMING_NORMAL_FAN_OUT -> new XavierInitializer(RandomType.GAUSSIAN, FactorType.OUT, 2);
      case KAIMING_UNIFORM -> new XavierInitializer(RandomType.UNIFORM, FactorType.IN, 6);
      case NORMAL_HUNDREDTH -> new NormalInitializer(0.01f);
      case LINEAR_UNIFORM -> new XavierInitializer(RandomType.UNIFORM, FactorType.IN, 1);
    };
  }
}
