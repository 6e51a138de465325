package io.ocellus.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreparationTest {
  @Test
  void runningOutOfMemoryHalvesTheBatchAndLosesNoImage() {
    List<Integer> sizes = new ArrayList<>();
    int[] halvings = {0};
    BatchSize batchSize = new BatchSize(10, () -> halvings[0]++);
    BatchSize.Step step =
        part -> {
          if (part.images() > 3) {
            throw new IllegalStateException("CUDA out of memory. Tried to allocate 2 GiB");
          }
          sizes.add(part.images());
        };
    batchSize.run(
        HostBatch.of(Collections.nCopies(10, "a"), new float[10 * 48], new int[10], 2, 4), step);
    assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(10);
    assertThat(batchSize.images()).isEqualTo(2);
    assertThat(halvings[0]).isEqualTo(2);
  }

  @Test
  void notEvenOneImageIsAClearError() {
    BatchSize batchSize = new BatchSize(1, () -> {});
    assertThatThrownBy(
            () ->
                batchSize.run(
                    HostBatch.of(List.of("a"), new float[48], new int[1], 2, 4),
                    part -> {
                      throw new OutOfMemoryError("Cannot reserve direct buffer memory");
                    }))
        .hasMessageContaining("Not even one image fits");
  }
}
