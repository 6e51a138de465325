package io.ocellus.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SharedHeapTest {
  private final SharedHeap heap = new SharedHeap();
  private final AtomicInteger attempts = new AtomicInteger();

  @Test
  void whatRanOutOfMemoryBesideOthersIsDoneAgainAlone() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch outOfMemory = new CountDownLatch(1);
    CompletableFuture<Boolean> neighbour = new CompletableFuture<>();
    Thread other =
        new Thread(
            () -> {
              try {
                heap.run(
                    () -> {
                      inside.countDown();
                      waitFor(outOfMemory);
                      return neighbour.complete(true);
                    });
              } catch (BadImageException e) {
                neighbour.completeExceptionally(e);
              }
            });
    other.start();
    inside.await();
    boolean alone =
        heap.run(
            () -> {
              if (attempts.getAndIncrement() == 0) {
                outOfMemory.countDown();
                throw new OutOfMemoryError("Java heap space");
              }
              return neighbour.isDone();
            });
    assertThat(alone).isTrue();
  }

  @Test
  void aHeapThatIsTooSmallIsNoFaultOfTheImage() {
    assertThatThrownBy(
            () ->
                heap.run(
                    () -> {
                      attempts.incrementAndGet();
                      throw new OutOfMemoryError("Java heap space");
                    }))
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(attempts).hasValue(2);
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
