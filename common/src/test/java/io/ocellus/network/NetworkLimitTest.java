package io.ocellus.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.ocellus.config.ConfigurationException;
import io.ocellus.network.attention.Attentions;
import io.ocellus.network.front.Fronts;
import io.ocellus.network.graph.GraphLimit;
import io.ocellus.network.graph.ParameterSpec;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks that somebody else's manifest names: drawn as far as their weights go. */
class NetworkLimitTest {
  private static final int SIZE = 224;
  private static final long MOST_BYTES = 64L << 20;
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final Pattern NAMES = Pattern.compile("Its options are (.*)\\.");
  private static final List<String> VALUES =
      List.of(
          "2000000",
          "1999999999",
          "2147483647",
          "-2147483648",
          "-1",
          "0",
          "1000000000000",
          "1e300",
          "Infinity",
          "NaN",
          "1000000,1000000,1000000",
          "2000000000,2000000000,2000000000,2000000000",
          "1000000,1000000,1000000,1000000,1000000",
          "1,".repeat(1500) + "1");

  @TempDir private Path folder;

  static Stream<String> networks() {
    return Networks.names().stream();
  }

  /** One of each family, whose presets differ in options alone. */
  static Stream<String> families() {
    return Catalogue.FAMILIES.stream().map(family -> family.presets().get(0).name());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void everyNetworkIsAsLargeAsItsWeightsWithAnyAttentionAndFront(String name) {
    for (String attention : Attentions.names()) {
      for (String front : Fronts.names()) {
        NetworkSpec spec = new NetworkSpec(name, 3, Map.of("attention", attention, "front", front));
        Network network = Networks.create(spec);
        GraphLimit limit = limit(network);
        assertThat(Networks.create(spec, limit).graph().nodes()).isEqualTo(network.graph().nodes());
        if (!attention.equals("dual")) { // Which relates each pixel to each.
          network.checkMaps(SIZE);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void noOptionDrawsMoreThanTheWeightsHold(String name) {
    noOptionDrawsMore(name, Map.of());
  }

  @ParameterizedTest
  @MethodSource("families")
  void noOptionOfAnAttentionOrAFrontDrawsMore(String name) {
    for (String attention : Attentions.names()) {
      for (String front : Fronts.names()) {
        noOptionDrawsMore(name, Map.of("attention", attention, "front", front));
      }
    }
  }

  private static void noOptionDrawsMore(String name, Map<String, String> chosen) {
    GraphLimit limit = limit(Networks.create(new NetworkSpec(name, 3, chosen)));
    for (String option : options(name, chosen)) {
      for (String value : VALUES) {
        Map<String, String> options = new HashMap<>(chosen);
        options.put(option, value);
        drawn(new NetworkSpec(name, 3, options), limit.anew());
      }
    }
  }

  /** What the error about an unknown option lists. */
  private static List<String> options(String name, Map<String, String> chosen) {
    Map<String, String> options = new HashMap<>(chosen);
    options.put("no-such-option", "1");
    try {
      Networks.create(new NetworkSpec(name, 3, options));
      throw new AssertionError("An unknown option was accepted");
    } catch (ConfigurationException e) {
      Matcher names = NAMES.matcher(e.getMessage());
      assertThat(names.find()).isTrue();
      return List.of(names.group(1).split(", "));
    }
  }

  /** Draws it, or fails to, in little time and memory. */
  private static void drawn(NetworkSpec spec, GraphLimit limit) {
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long began = System.nanoTime();
    try {
      Network network = Networks.create(spec, limit);
      network.checkMaps(SIZE);
    } catch (ConfigurationException e) {
      assertThat(e).hasMessageContaining(spec.name());
    }
    assertThat(System.nanoTime() - began).as("time of %s", spec).isLessThan(MOST_NANOS);
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - bytes)
        .as("bytes of %s", spec)
        .isLessThan(MOST_BYTES);
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000_000_000, Integer.MAX_VALUE})
  void noNumberOfClassesDrawsMoreThanTheWeightsHold(int classes) {
    for (String name : Networks.names()) {
      GraphLimit limit = limit(Networks.create(new NetworkSpec(name, 3)));
      assertThatThrownBy(() -> Networks.create(new NetworkSpec(name, classes), limit))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("larger than its weights");
    }
  }

  @Test
  void aCheckpointsNetworkIsHeldAgainstTheHeaderOfItsWeights() {
    Path file = folder.resolve("weights.safetensors");
    Network network = Networks.create(new NetworkSpec("resnet-20", 3));
    Safetensors.write(zeros(network), file);

    assertThat(Networks.create(network.spec(), file).graph().nodes())
        .isEqualTo(network.graph().nodes());
    long began = System.nanoTime();
    assertThatThrownBy(
            () ->
                Networks.create(new NetworkSpec("resnet-20", 3, Map.of("depth", "2000000")), file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(
            "resnet-20: with these options the network is larger than its weights");
    assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(1));
  }

  @Test
  void aHeaderOfMillionsOfTensorsIsNotRead() throws Exception {
    Path file = folder.resolve("weights.safetensors");
    byte[] bytes = new byte[5 << 20];
    bytes[2] = 70;
    Files.write(file, bytes);

    assertThatThrownBy(() -> Networks.create(new NetworkSpec("resnet-20", 3), file))
        .isInstanceOf(MalformedWeightsException.class)
        .hasMessageContaining("larger than that of any network");
  }

  @Test
  void weightsThatTheHeapCannotHoldAreNotRead() {
    WeightsSize size = new WeightsSize(10, 100L << 20, 50L << 20);

    size.checkFits(1L << 30);
    assertThatThrownBy(() -> size.checkFits(600L << 20))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "its weights take 600 MiB of heap, and the JVM has 600 MiB: give it more, with -Xmx");
  }

  private static StateDict zeros(Network network) {
    Map<String, Tensor> entries = new HashMap<>();
    network
        .stateDictSpecs()
        .forEach(
            (name, spec) -> {
              long[] shape = spec.shape().getShape();
              entries.put(name, new Tensor(shape, new float[Tensor.elements(shape)]));
            });
    return new StateDict(entries);
  }

  private static GraphLimit limit(Network network) {
    Collection<ParameterSpec> specs = new ArrayList<>(network.stateDictSpecs().values());
    return GraphLimit.of(specs.size(), specs.stream().mapToLong(spec -> spec.shape().size()).sum());
  }
}
