package io.ocellus.inferencer.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocellus.inferencer.TestModel;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ServedModelTest {
  private final AtomicInteger freed = new AtomicInteger();
  private final Serving serving = new Serving();

  @Test
  void aReplacedVersionIsFreedWhenItsLastBatchIsDone() {
    serving.swap(model(2));
    ServedModel old = serving.acquire();
    ServedModel again = serving.acquire();
    serving.swap(model(2));
    old.release();
    assertThat(freed).hasValue(0);
    again.release();
    assertThat(freed).hasValue(1);
    assertThat(old.acquire()).isFalse();
    serving.close();
    assertThat(freed).hasValue(2);
  }

  @Test
  void nothingIsServedBeforeTheFirst() {
    assertThat(serving.manifest()).isEmpty();
    assertThatThrownBy(serving::acquire).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void warmUpRefusesANetworkOfOtherClasses() {
    assertThatThrownBy(() -> new WarmUp(4).run(model(5)))
        .hasMessageContaining("5 logits")
        .hasMessageContaining("2 classes");
  }

  private ServedModel model(int logits) {
    return new ServedModel(
        TestModel.of(8, "cat", "dog").draft(),
        new LoadedNetwork() {
          @Override
          public String engine() {
            return "test";
          }

          @Override
          public float[][] logits(List<byte[]> images) {
            return new float[images.size()][logits];
          }

          @Override
          public void close() {}
        },
        freed::incrementAndGet);
  }
}
