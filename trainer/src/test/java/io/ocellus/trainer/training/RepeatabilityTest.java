package io.ocellus.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocellus.network.StateDict;
import org.junit.jupiter.api.Test;

class RepeatabilityTest {
  @Test
  void sameSeedAndDataGiveTheSameWeightsBitForBit() {
    StateDict first = Toy.train(Toy.plan()).weights();
    StateDict second = Toy.train(Toy.plan()).weights();
    assertThat(second.entries().keySet()).isEqualTo(first.entries().keySet());
    first
        .entries()
        .forEach(
            (name, tensor) ->
                assertThat(second.get(name).values()).as(name).isEqualTo(tensor.values()));
  }
}
