package io.ocellus.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.ocellus.network.graph.Node;
import io.ocellus.network.graph.ParameterSpec;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A network that DJL trains: normalised float32 images {@code (N, 3, H, W)} in, logits {@code (N,
 * classes)} out. Its parameters have the names of PyTorch's state dict, and start as torchvision
 * starts them.
 */
public final class GraphBlock extends AbstractBlock {
  private static final byte VERSION = 1;

  private final Network network;
  private final Map<String, Parameter> arrays = new LinkedHashMap<>();
  private final Map<String, AtomicLong> counters = new LinkedHashMap<>();
  private final List<List<Parameter>> parametersOfNodes;
  private final Set<String> frozen = new HashSet<>();
  private final Segment whole;
  private final List<Segment> layers;
  private long seed;

  public GraphBlock(Network network) {
    super(VERSION);
    this.network = network;
    whole = Segment.whole(network.graph());
    layers = Segment.layers(network.graph());
    network.stateDictSpecs().forEach(this::declare);
    parametersOfNodes = network.graph().nodes().stream().map(this::arraysOf).toList();
  }

  private void declare(String name, ParameterSpec spec) {
    if (spec.kind() == ParameterSpec.Kind.COUNTER) {
      counters.put(name, new AtomicLong());
    } else {
      arrays.put(name, addParameter(parameter(name, spec)));
    }
  }

  private static Parameter parameter(String name, ParameterSpec spec) {
    return Parameter.builder()
        .setName(name)
        .setType(type(spec))
        .optShape(spec.shape())
        .optInitializer(spec.init().initializer())
        .optRequiresGrad(spec.kind() == ParameterSpec.Kind.TRAINED)
        .build();
  }

  private static Parameter.Type type(ParameterSpec spec) {
    return switch (spec.name()) {
      case "weight" -> spec.shape().dimension() == 1 ? Parameter.Type.GAMMA : Parameter.Type.WEIGHT;
      case "bias" -> Parameter.Type.BIAS;
      case "running_mean" -> Parameter.Type.RUNNING_MEAN;
      case "running_var" -> Parameter.Type.RUNNING_VAR;
      default -> Parameter.Type.OTHER;
    };
  }

  private List<Parameter> arraysOf(Node node) {
    return node.op().parameters().stream()
        .filter(ParameterSpec::isArray)
        .map(spec -> arrays.get(node.key(spec)))
        .toList();
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray images = inputs.singletonOrThrow();
    return new NDList(
        training
            ? train(store, images, TrainingMode.PLAIN).logits()
            : NoGradient.get(() -> judge(store, images)));
  }

  /** What dropout does from here on, pass by pass, follows from this number. */
  public void seed(long seed) {
    this.seed = seed;
  }

  /**
   * A pass of training over images whose manager takes everything that it makes.
   *
   * @return its logits are in float32
   */
  public TrainingPass train(ParameterStore store, NDArray images, TrainingMode mode) {
    counters.forEach(this::count);
    NodeRunner runner =
        runner(store, new SplittableRandom(seed++).nextLong(), mode.mixedPrecision());
    return new TrainingPass(runner, mode.efficientMemory() ? layers : List.of(whole), images);
  }

  /** Logits as in evaluation; whether gradients can go back from them is the caller's choice. */
  NDArray judge(ParameterStore store, NDArray images) {
    NodeRunner runner = runner(store, 0, false);
    NDArray[] values = runner.values(images);
    runner.run(whole, values, false);
    return values[values.length - 1];
  }

  private NodeRunner runner(ParameterStore store, long passSeed, boolean mixedPrecision) {
    return new NodeRunner(
        network.graph(), parametersOfNodes, frozen, store, passSeed, mixedPrecision);
  }

  private void count(String name, AtomicLong counter) {
    if (!frozen.contains(name.substring(0, name.lastIndexOf('.')))) {
      counter.incrementAndGet();
    }
  }

  /**
   * Keeps everything but the head as it is from now on: it gets no gradient, and batch norms use
   * their running statistics in training too, and keep them. Dropout stays.
   */
  public void freezeBackbone() {
    network.graph().nodes().stream()
        .filter(node -> !node.op().parameters().isEmpty() && !node.name().equals(network.head()))
        .forEach(
            node -> {
              frozen.add(node.name());
              arraysOf(node).forEach(parameter -> parameter.freeze(true));
            });
  }

  /** Every parameter and buffer as it is now. */
  public StateDict stateDict() {
    Map<String, Tensor> entries = new LinkedHashMap<>();
    network.stateDictSpecs().forEach((name, spec) -> entries.put(name, tensor(name, spec)));
    return new StateDict(entries);
  }

  private Tensor tensor(String name, ParameterSpec spec) {
    AtomicLong counter = counters.get(name);
    float[] values =
        counter != null ? new float[] {counter.get()} : arrays.get(name).getArray().toFloatArray();
    return new Tensor(spec.shape().getShape(), values);
  }

  /**
   * Takes every parameter and buffer from a state dict; before initialisation, as what
   * initialisation will give.
   *
   * @throws IllegalArgumentException naming an entry that is missing or of another shape; nothing
   *     is changed then
   */
  public void load(StateDict weights) {
    network.checkMatches(weights);
    counters.forEach((name, counter) -> counter.set((long) weights.get(name).values()[0]));
    arrays.forEach((name, parameter) -> assign(parameter, weights.get(name)));
  }

  private static void assign(Parameter parameter, Tensor tensor) {
    if (!parameter.isInitialized()) {
      parameter.setInitializer(
          (manager, shape, type) -> manager.create(tensor.values(), shape).toType(type, false));
      return;
    }
    NDArray array = parameter.getArray();
    try (NDArray values = array.getManager().create(tensor.values(), array.getShape())) {
      NoGradient.run(() -> values.copyTo(array));
    }
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {new Shape(inputShapes[0].get(0), network.spec().classes())};
  }
}
