package io.ocellus.network.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KeyGroupsTest {
  @Test
  void whatIsAlikeIsSaidOnce() {
    assertThat(
            KeyGroups.of(
                List.of(
                    "stem.weight",
                    "layer1.0.bn1.weight",
                    "layer1.0.bn1.bias",
                    "layer1.0.bn2.weight",
                    "layer1.0.bn2.bias",
                    "layer1.1.bn1.weight",
                    "layer1.1.bn1.bias",
                    "layer1.1.bn2.weight",
                    "layer1.1.bn2.bias",
                    "layer3.0.bn1.bias")))
        .containsExactly("stem.weight", "layer1.{0,1}.bn{1,2}.{weight,bias}", "layer3.0.bn1.bias");
  }

  @Test
  void numbersMakeRangesAndNothingIsLeftOut() {
    assertThat(KeyGroups.of(List.of("a1", "a2", "a3", "a5", "a7", "a8", "a", "a10", "a1.b")))
        .containsExactly("a1", "a1.b", "a{2,3,5,7,8,10}", "a");
    assertThat(KeyGroups.of(List.of("0", "1", "2", "x"))).containsExactly("{0-2}", "x");
    assertThat(KeyGroups.of(List.of())).isEmpty();
  }
}
