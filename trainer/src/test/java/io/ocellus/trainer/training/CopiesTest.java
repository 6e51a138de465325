package io.ocellus.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocellus.network.Normalization;
import io.ocellus.trainer.augment.Augmentations;
import io.ocellus.trainer.data.Sample;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CopiesTest {
  private final BatchMaker maker =
      new BatchMaker(
          new Toy.Pictures(), 2, Normalization.NONE, Augmentations.of(List.of("random-crop")), 42);

  private float[] pixels(Sample sample) {
    return maker.make(List.of(sample), 0).pixels();
  }

  @Test
  void copiesOfAnImageAreChangedInOtherWaysAndAlwaysTheSame() {
    float[] first = pixels(new Sample("image-1", 1));

    assertThat(pixels(new Sample("image-1", 1))).isEqualTo(first);
    assertThat(List.of(1, 2, 3))
        .anySatisfy(
            copy ->
                assertThat(Arrays.equals(pixels(new Sample("image-1", 1, copy)), first)).isFalse());
  }
}
