package io.ocellus.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResidualAttentionTest {
  /** Table 2 of the paper says 31.9 million and 6.2 billion multiply-adds. */
  @Test
  void attention56IsAsLargeAsThePapers() {
    Network network = Networks.create(new NetworkSpec("residual-attention-56", 1000));
    assertThat(network.parameters()).isEqualTo(31_810_728);
    assertThat(network.summary(224).multiplyAdds()).isBetween(6_100_000_000L, 6_400_000_000L);
    assertThat(network.stateDictSpecs())
        .containsKeys(
            "conv1.0.weight",
            "residual_block1.conv4.weight",
            "attention_module1.trunk_branches.1.conv3.weight",
            "attention_module1.skip2_connection_residual_block.bn1.weight",
            "attention_module1.softmax3_blocks.1.conv1.weight",
            "attention_module1.softmax6_blocks.5.weight",
            "attention_module2.softmax4_blocks.2.weight",
            "attention_module3.softmax2_blocks.3.running_var",
            "mpool2.0.weight",
            "fc.weight")
        .doesNotContainKey("residual_block5.conv4.weight");
  }
}
