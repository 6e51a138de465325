package io.ocellus.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What stands in the place of a bottleneck's 3x3 convolution. */
class BottleneckVariantsTest {
  /** The authors' program has 27,483,240 parameters. */
  @Test
  void resNeSt50HasTheParametersAndNamesOfTheAuthorsProgram() {
    Network network = Networks.create(new NetworkSpec("resnest-50", 1000));
    assertThat(network.parameters()).isEqualTo(27_483_240);
    assertThat(network.stateDictSpecs())
        .containsKeys(
            "conv1.6.weight",
            "bn1.running_mean",
            "layer1.0.conv2.conv.weight",
            "layer1.0.conv2.bn0.bias",
            "layer1.0.conv2.fc1.bias",
            "layer1.0.conv2.bn1.weight",
            "layer1.0.conv2.fc2.weight",
            "layer1.0.downsample.1.weight",
            "layer4.0.downsample.2.num_batches_tracked",
            "layer4.2.bn3.weight",
            "fc.bias");
  }

  /** Table 2 of the paper says 27.5 million and 4.47 billion multiply-adds. */
  @Test
  void skNet50IsAsLargeAsThePapers() {
    Network network = Networks.create(new NetworkSpec("sknet-50", 1000));
    assertThat(network.parameters()).isEqualTo(27_479_784);
    assertThat(network.summary(224).multiplyAdds()).isBetween(4_400_000_000L, 4_550_000_000L);
  }
}
