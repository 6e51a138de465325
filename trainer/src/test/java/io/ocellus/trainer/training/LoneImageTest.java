package io.ocellus.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.ocellus.network.NetworkSpec;
import io.ocellus.network.Networks;
import io.ocellus.network.TrainingMode;
import io.ocellus.trainer.optim.Adam;
import io.ocellus.trainer.optim.Optimization;
import io.ocellus.trainer.optim.Updates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batches of one image, which PyTorch's batch norm refuses where the image is pooled to 1x1. */
class LoneImageTest {
  /** Each has batch norms behind a global pool. */
  @ParameterizedTest
  @CsvSource({"resnest-50, none", "sknet-50, none", "resnet-18, bam"})
  void everyNetworkLearnsFromOneImage(String name, String attention) {
    NetworkSpec spec = new NetworkSpec(name, 2, Map.of("attention", attention));
    Plan plan = Toy.plan();
    int size = 64;
    try (NetworkOnDevice learner =
        new NetworkOnDevice(Networks.create(spec), size, Device.cpu(), 1)) {
      Updates updates = learner.updates(Optimization.with(Adam.coupled(0)), TrainingMode.PLAIN);
      HostBatch lone =
          HostBatch.of(List.of("a"), new float[3 * size * size], new int[] {1}, 2, size);
      Scores scores = learner.learn(lone, plan.loss(), TrainingMode.PLAIN, 1);
      updates.step(0.001f);
      assertThat(Double.isFinite(scores.loss())).isTrue();
      assertThat(learner.stateDict().entries().values())
          .allSatisfy(tensor -> assertThat(tensor.values()).doesNotContain(Float.NaN));
    }
  }

  @ParameterizedTest
  @CsvSource({"17, 16", "16, 16", "33, 16", "5, 4", "3, 2", "3, 1", "1, 16", "4, 3", "7, 3"})
  void everyImageIsInABatchThatIsNotTooLargeAndNotAloneWhereThatCanBe(int images, int most) {
    Plan plan = Toy.plan();
    BatchMaker maker =
        new BatchMaker(plan.pixels(), 2, plan.normalization(), plan.augmentations(), 1);
    List<String> seen = new ArrayList<>();
    try (BatchFeed feed = new BatchFeed(maker, plan.data().train().subList(0, images), most, 0)) {
      while (feed.hasNext()) {
        HostBatch batch = feed.next();
        assertThat(batch.images()).isLessThanOrEqualTo(most);
        if (most > 2 && images > 1) {
          assertThat(batch.images()).isGreaterThan(1);
        }
        seen.addAll(batch.ids());
      }
    }
    assertThat(seen).isEqualTo(IntStream.range(0, images).mapToObj(i -> "image-" + i).toList());
  }
}
