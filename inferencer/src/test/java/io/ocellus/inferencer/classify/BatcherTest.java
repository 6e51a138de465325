package io.ocellus.inferencer.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BatcherTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @Test
  void aFullBatchClosesAtOnce() throws InterruptedException {
    Batcher<String> batcher = new Batcher<>(item -> 2, item -> 1, LONG, item -> "model");
    List.of("a", "b", "c").forEach(batcher::add);
    assertThat(batcher.take()).containsExactly("a", "b");
  }

  @Test
  void aBatchIsAsLargeAsItsModelTakes() throws InterruptedException {
    Batcher<String> batcher =
        new Batcher<>(
            item -> item.startsWith("1") ? 1 : 2, item -> 1, LONG, item -> item.charAt(0));
    List.of("1a", "1b", "2a", "2b").forEach(batcher::add);
    assertThat(batcher.take()).containsExactly("1a");
    assertThat(batcher.take()).containsExactly("1b");
    assertThat(batcher.take()).containsExactly("2a", "2b");
  }

  @Test
  void aBatchClosesWhenItsFirstItemHasWaitedLongEnough() throws InterruptedException {
    Batcher<String> batcher =
        new Batcher<>(item -> 16, item -> 1, Duration.ofMillis(50), item -> "model");
    long began = System.nanoTime();
    batcher.expect();
    batcher.add("a");
    assertThat(batcher.take()).containsExactly("a");
    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .isGreaterThanOrEqualTo(Duration.ofMillis(50));
  }

  @Test
  void aBatchClosesAtOnceWhereNothingMoreIsExpected() throws InterruptedException {
    Batcher<String> batcher = new Batcher<>(item -> 16, item -> 1, LONG, item -> "model");
    batcher.add("a");
    assertThat(batcher.take()).containsExactly("a");
  }

  @Test
  void aBatchWaitsForWhatIsExpectedUntilThatComesOrDoesNot() throws Exception {
    Batcher<String> batcher = new Batcher<>(item -> 16, item -> 1, LONG, item -> "model");
    batcher.expect();
    batcher.expect();
    batcher.add("a");
    batcher.expected();
    CompletableFuture<List<String>> batch =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return batcher.take();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    assertThatThrownBy(() -> batch.get(100, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    batcher.expected();
    assertThat(batch.get()).containsExactly("a");
  }

  @Test
  void itemsOfTwoModelsNeverShareABatch() throws InterruptedException {
    Batcher<String> batcher =
        new Batcher<>(item -> 16, item -> 1, Duration.ofMillis(10), item -> item.charAt(0));
    List.of("1a", "1b", "2a", "2b").forEach(batcher::add);
    assertThat(batcher.take()).containsExactly("1a", "1b");
    assertThat(batcher.take()).containsExactly("2a", "2b");
  }

  @Test
  void aThreadLeavesTheOthersTheirShareOfWhatWaits() throws InterruptedException {
    Batcher<String> batcher = new Batcher<>(item -> 4, item -> 2, LONG, item -> "model");
    List.of("a", "b", "c", "d", "e", "f", "g", "h", "i").forEach(batcher::add);
    assertThat(batcher.take()).containsExactly("a", "b", "c", "d");
    assertThat(batcher.take()).containsExactly("e", "f", "g");
    assertThat(batcher.take()).containsExactly("h");
    assertThat(batcher.take()).containsExactly("i");
  }

  @Test
  void theRestOfAFullBatchDoesNotWaitForWhatIsExpected() throws InterruptedException {
    Batcher<String> batcher = new Batcher<>(item -> 4, item -> 2, LONG, item -> "model");
    batcher.expect();
    List.of("a", "b", "c", "d").forEach(batcher::add);
    assertThat(batcher.take()).containsExactly("a", "b");
    assertThat(batcher.take()).containsExactly("c");
    assertThat(batcher.take()).containsExactly("d");
  }
}
