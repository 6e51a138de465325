package io.ocellus.inferencer.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.ocellus.checkpoint.Checkpoint;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.checkpoint.Refusal;
import io.ocellus.checkpoint.RefusedCheckpointException;
import io.ocellus.inferencer.InferencerListener;
import io.ocellus.inferencer.InferencerMetrics;
import io.ocellus.inferencer.TestModel;
import io.ocellus.inferencer.serving.LoadedNetwork;
import io.ocellus.inferencer.serving.Serving;
import io.ocellus.inferencer.serving.WarmUp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RolloutTest {
  private final Serving serving = new Serving();
  private final AtomicInteger closed = new AtomicInteger();

  static Stream<Throwable> failures() {
    return Stream.of(
        new IllegalStateException("no numbers"),
        new OutOfMemoryError("Java heap space"),
        new StackOverflowError(),
        new UnsatisfiedLinkError("no such operator"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whatFailsInItsWarmUpIsRefusedAndItsMemoryIsFreed(Throwable failure) {
    Refusal refusal = refusal(checkpoint -> new Failing(failure));

    assertThat(refusal.reason()).isEqualTo(Refusal.Reason.WARM_UP_FAILED);
    assertThat(refusal.message()).isEqualTo(failure.toString());
    assertThat(closed).hasValue(1);
    assertThat(serving.manifest()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whatFailsWhileItIsLoadedIsRefused(Throwable failure) {
    Refusal refusal =
        refusal(
            checkpoint -> {
              throw asUnchecked(failure);
            });

    assertThat(refusal.reason()).isEqualTo(Refusal.Reason.LOAD_FAILED);
    assertThat(refusal.message()).isEqualTo(failure.toString());
  }

  @Test
  void imagesThatAreTooLargeForTheMemoryAreRefusedBeforeAnyIsMade() {
    Manifest large = TestModel.of(4096, "cat", "dog").draft();

    Refusal refusal =
        refusal(large, checkpoint -> new Failing(new AssertionError("a pass was run")), 1000);

    assertThat(refusal.reason()).isEqualTo(Refusal.Reason.WARM_UP_FAILED);
    assertThat(refusal.message()).contains("1000 images of 4096 pixels", "give it more, with -Xmx");
    assertThat(closed).hasValue(1);
  }

  private Refusal refusal(Rollout.Loader loader) {
    return refusal(TestModel.of(32, "cat", "dog").draft(), loader, 4);
  }

  private Refusal refusal(Manifest manifest, Rollout.Loader loader, int batchSize) {
    InferencerMetrics metrics =
        new InferencerMetrics(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), "default");
    Rollout rollout = new Rollout(loader, new WarmUp(batchSize), serving, metrics, new Silent());
    return catchThrowableOfType(
            RefusedCheckpointException.class,
            () -> rollout.arrived(new Checkpoint(manifest, Path.of("nowhere"))))
        .refusal();
  }

  private static RuntimeException asUnchecked(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return (RuntimeException) failure;
  }

  private final class Failing implements LoadedNetwork {
    private final Throwable failure;

    private Failing(Throwable failure) {
      this.failure = failure;
    }

    @Override
    public float[][] logits(List<byte[]> images) {
      throw asUnchecked(failure);
    }

    @Override
    public String engine() {
      return "none";
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  private static final class Silent implements InferencerListener {
    @Override
    public void serving(Manifest manifest, Duration sincePublication) {}

    @Override
    public void refused(Refusal refusal) {}
  }
}
