package io.ocellus.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Passes in float16 and float32 are held against those in float32 alone. */
class MixedPrecisionTest {
  private static final int BATCH = 16;
  private static final int SIZE = 32;

  private record Pass(Tensor logits, Tensor gradients) {}

  @ParameterizedTest
  @CsvSource({
    "se-densenet-light,attention,se",
    "se-densenet-light,attention,dual",
    "se-densenet-light,attention,cbam",
    "resnet-20,attention,none",
    "resnet-20,front,stn",
    "resnet-20,front,coarse-to-fine"
  })
  void logitsAndGradientsAreNearlyThoseOfFloat32(String name, String option, String value) {
    Network network = Networks.create(new NetworkSpec(name, 3, Map.of(option, value)));
    Pass plain = pass(network, TrainingMode.PLAIN);
    Pass mixed = pass(network, new TrainingMode(false, true));
    Pass both = pass(network, new TrainingMode(true, true));

    assertThat(mixed.logits.values()).isNotEqualTo(plain.logits.values());
    for (int i = 0; i < BATCH * 3; i++) {
      assertThat(mixed.logits.values()[i]).isCloseTo(plain.logits.values()[i], offset(0.05f));
    }
    assertThat(cosine(mixed.gradients, plain.gradients)).isGreaterThan(0.98);
    assertThat(cosine(both.gradients, mixed.gradients)).isGreaterThan(0.9999);
  }

  private static Pass pass(Network network, TrainingMode mode) {
    try (NDManager manager = NDManager.newBaseManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      Engine.getInstance().setRandomSeed(7);
      GraphBlock block = new GraphBlock(network);
      block.seed(1);
      Shape shape = new Shape(BATCH, 3, SIZE, SIZE);
      block.initialize(manager, DataType.FLOAT32, shape);
      NDArray images = manager.create(FormulaWeights.images(BATCH, SIZE), shape);
      TrainingPass pass = block.train(new ParameterStore(manager, false), images, mode);
      assertThat(pass.logits().getDataType()).isEqualTo(DataType.FLOAT32);
      pass.backward(pass.logits().logSoftmax(1).get(":,0").neg().mean(), collector);
      NDList gradients = new NDList();
      for (Parameter parameter : block.getParameters().values()) {
        if (parameter.requiresGradient()) {
          gradients.add(parameter.getArray().getGradient().flatten());
        }
      }
      return new Pass(tensor(pass.logits()), tensor(NDArrays.concat(gradients)));
    }
  }

  private static Tensor tensor(NDArray array) {
    return new Tensor(array.getShape().getShape(), array.toFloatArray());
  }

  private static double cosine(Tensor one, Tensor other) {
    float[] a = one.values();
    float[] b = other.values();
    double product = 0;
    double squaresOfA = 0;
    double squaresOfB = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
      squaresOfA += (double) a[i] * a[i];
      squaresOfB += (double) b[i] * b[i];
    }
    return product / Math.sqrt(squaresOfA * squaresOfB);
  }
}
