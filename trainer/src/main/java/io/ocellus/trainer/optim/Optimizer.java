package io.ocellus.trainer.optim;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * How a parameter moves against its gradient, with PyTorch's arithmetic. DJL's own optimisers keep
 * what they remember in memory that nobody can free, and have no form to be saved in; these are
 * formulas, and {@link Updates} keeps what they remember. A new optimiser is a class and a line
 * where settings choose one.
 */
public interface Optimizer {
  /**
   * What it remembers of each parameter between steps, by PyTorch's names: arrays of the
   * parameter's shape that start as zeros.
   */
  List<String> memory();

  /**
   * Moves one parameter, in place.
   *
   * @param weight to move
   * @param gradient of the loss by it; may be overwritten
   * @param memory the arrays that {@link #memory()} names, in that order; updated in place
   * @param rate learning rate of this step
   * @param step counted from one
   */
  void move(NDArray weight, NDArray gradient, List<NDArray> memory, float rate, long step);
}
