package io.ocellus.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.ocellus.network.Network;
import io.ocellus.network.Networks;
import io.ocellus.network.StateDict;
import io.ocellus.network.TrainingMode;
import io.ocellus.trainer.optim.Adam;
import io.ocellus.trainer.optim.Optimization;
import io.ocellus.trainer.optim.Updates;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrozenBackboneTest {
  @Test
  void onlyTheHeadLearnsAndBatchNormsKeepTheirStatistics() {
    Plan plan = Toy.plan();
    Network network = Networks.create(plan.network());
    try (NetworkOnDevice learner = new NetworkOnDevice(network, Toy.SIZE, Device.cpu(), 1)) {
      Updates updates =
          learner.updates(new Optimization(Adam.coupled(0.1f), 1, 10, true, 0), TrainingMode.PLAIN);
      StateDict before = learner.stateDict();
      BatchMaker maker =
          new BatchMaker(plan.pixels(), 2, plan.normalization(), plan.augmentations(), 1);
      learner.learn(maker.make(plan.data().train(), 0), plan.loss(), TrainingMode.PLAIN, 1);
      updates.step(0.001f);
      StateDict after = learner.stateDict();
      List<String> changed =
          before.entries().keySet().stream()
              .filter(name -> !Arrays.equals(before.get(name).values(), after.get(name).values()))
              .toList();
      assertThat(changed)
          .containsExactlyInAnyOrder(network.head() + ".weight", network.head() + ".bias");
    }
  }
}
