package io.ocellus.trainer.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.initializer.Initializer;
import io.ocellus.network.NoGradient;
import io.ocellus.network.StateDict;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Four steps down {@code Σ (1, 2, 3) (w - (0.3, 0.1, -0.7))²} from {@code (1, -2, 0.5)}, at
 * learning rates 0.1, 0.1, 0.05 and 0.05. What is expected is PyTorch 2.13's, in float64.
 */
class OptimizersTest {
  private static final float[] START = {1, -2, 0.5f};
  private static final float[] RATES = {0.1f, 0.1f, 0.05f, 0.05f};

  @Test
  void sgd() {
    assertSteps(
        Optimization.with(new Sgd(0, false, 0)),
        new float[][] {
          {0.86f, -1.16f, -0.22f},
          {0.748f, -0.656f, -0.508f},
          {0.7032f, -0.5048f, -0.5656f},
          {0.66288f, -0.38384f, -0.60592f}
        });
  }

  @Test
  void sgdWithMomentumAndDecay() {
    assertSteps(
        Optimization.with(new Sgd(0.9f, false, 0.1f)),
        new float[][] {
          {0.85f, -1.14f, -0.225f},
          {0.5965f, 0.1414f, -1.16025f},
          {0.4497925f, 0.709043f, -1.4372362f},
          {0.3005275f, 1.0945679f, -1.4581668f}
        });
  }

  @Test
  void sgdWithNesterovsMomentum() {
    assertSteps(
        Optimization.with(new Sgd(0.9f, true, 0.1f)),
        new float[][] {
          {0.715f, -0.366f, -0.8775f},
          {0.422215f, 0.691714f, -1.2457275f},
          {0.3037974f, 0.8507357f, -1.1404045f},
          {0.2065132f, 0.8101149f, -0.9367016f}
        });
  }

  @Test
  void adamDecaysThroughTheGradient() {
    assertSteps(
        Optimization.with(Adam.coupled(0.1f)),
        new float[][] {
          {0.9f, -1.9f, 0.4f},
          {0.8006734f, -1.8001571f, 0.300325f},
          {0.7516645f, -1.7503723f, 0.2507822f},
          {0.7032659f, -1.7007114f, 0.2015068f}
        });
  }

  @Test
  void adamwDecaysBesideTheStep() {
    assertSteps(
        Optimization.with(Adam.decoupled(0.1f)),
        new float[][] {
          {0.89f, -1.88f, 0.395f},
          {0.7819046f, -1.7613965f, 0.2913928f},
          {0.7291877f, -1.7028588f, 0.2404158f},
          {0.6774748f, -1.6447676f, 0.189972f}
        });
  }

  @Test
  void gradientsAreClippedByTheirNorm() {
    assertSteps(
        new Optimization(new Sgd(0, false, 0), 1, 1, false, 0),
        new float[][] {
          {0.9874458f, -1.924675f, 0.4354358f},
          {0.9745626f, -1.8487875f, 0.3715992f},
          {0.9679456f, -1.8105547f, 0.3400641f},
          {0.9612369f, -1.7721764f, 0.3087256f}
        });
  }

  @Test
  void theHeadMovesAtItsMultipleOfTheRate() {
    try (Descent descent = new Descent(new Optimization(new Sgd(0, false, 0), 0, 2, false, 0))) {
      assertThat(descent.step(0.05f))
          .containsExactly(new float[] {0.86f, -1.16f, -0.22f}, offset(1e-6f));
    }
  }

  @Test
  void whatIsRememberedCanBeTakenUpAgain() {
    Optimization adam = Optimization.with(Adam.coupled(0.1f));
    try (Descent whole = new Descent(adam);
        Descent resumed = new Descent(adam)) {
      whole.step(0.1f);
      resumed.set(whole.step(0.1f));
      StateDict memory = whole.updates.memory();
      assertThat(memory.entries())
          .containsOnlyKeys("head.weight.exp_avg", "head.weight.exp_avg_sq");
      resumed.updates.resume(whole.updates.steps(), memory);
      assertThat(resumed.step(0.05f)).isEqualTo(whole.step(0.05f));
    }
  }

  @Test
  void nesterovWithoutMomentumIsAClearError() {
    assertThatThrownBy(() -> new Sgd(0, true, 0)).hasMessageContaining("training.momentum");
  }

  private static void assertSteps(Optimization optimization, float[][] expected) {
    try (Descent descent = new Descent(optimization)) {
      for (int step = 0; step < RATES.length; step++) {
        assertThat(descent.step(RATES[step])).containsExactly(expected[step], offset(2e-6f));
      }
    }
  }

  private static final class Descent implements AutoCloseable {
    private final NDManager manager = NDManager.newBaseManager();
    private final NDArray weight;
    private final Updates updates;

    Descent(Optimization optimization) {
      Parameter parameter =
          Parameter.builder()
              .setName("weight")
              .setType(Parameter.Type.WEIGHT)
              .optShape(new Shape(3))
              .optInitializer(Initializer.ZEROS)
              .build();
      parameter.initialize(manager, DataType.FLOAT32);
      weight = parameter.getArray();
      set(START);
      updates =
          new Updates(
              optimization.optimizer(),
              optimization.clipNorm(),
              false,
              Map.of("head.weight", parameter),
              name -> optimization.headFactor(),
              manager);
    }

    void set(float[] values) {
      NoGradient.run(() -> weight.set(values));
    }

    float[] step(float rate) {
      try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
        NDArray distance = weight.sub(manager.create(new float[] {0.3f, 0.1f, -0.7f}));
        gradients.backward(distance.square().mul(manager.create(new float[] {1, 2, 3})).sum());
      }
      updates.step(rate);
      return weight.toFloatArray();
    }

    @Override
    public void close() {
      manager.close();
    }
  }
}
