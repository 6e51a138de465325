package io.ocellus.image.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocellus.failure.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ImageGuardTest {
  private static final byte[] IMAGE = {1, 2, 3};
  private static final TimeLimit LIMIT = new TimeLimit(Duration.ofMillis(100));

  @TempDir Path folder;

  private final AtomicBoolean enough = new AtomicBoolean();
  private final AtomicInteger attempts = new AtomicInteger();

  @Test
  void theWorkIsDone() throws Exception {
    try (ImageGuard guard = ImageGuard.in(folder)) {
      assertThat(run(guard, budget -> "done")).isEqualTo("done");
    }
  }

  @Test
  void workThatLooksAtItsBudgetEndsWhenItsTimeIsOver() {
    try (ImageGuard guard = ImageGuard.in(folder)) {
      assertReason(FailureReason.TOO_SLOW, () -> run(guard, this::spinUntilOver));
      assertThat(guard.threadsLeftBehind()).isZero();
    }
  }

  @Test
  void workThatWaitsForEverEndsAsWell() {
    try (ImageGuard guard = ImageGuard.in(folder)) {
      assertReason(
          FailureReason.TOO_SLOW,
          () ->
              run(
                  guard,
                  budget -> {
                    while (true) {
                      budget.check();
                      sleep();
                    }
                  }));
    }
  }

  @Test
  void timeThatAnotherImageTakesIsNotItsOwn() throws Exception {
    try (ImageGuard guard = new ImageGuard(new HeapShare(1), Suspects.inMemory(), none(), pool());
        Background other = new Background()) {
      CountDownLatch reserved = new CountDownLatch(1);
      Future<?> first =
          other.run(
              () ->
                  guard.run(
                      new byte[] {9},
                      new TimeLimit(Duration.ofSeconds(20)),
                      Exception.class,
                      budget -> {
                        budget.reserve(1);
                        reserved.countDown();
                        TimeUnit.MILLISECONDS.sleep(2_000);
                        return 1;
                      }));
      reserved.await();
      String second =
          run(
              guard,
              budget -> {
                budget.reserve(1);
                budget.check();
                return "done";
              });
      assertThat(second).isEqualTo("done");
      assertThat(first).isDone();
    }
  }

  @Test
  void workThatNeverComesBackIsLeftBehindAndCostsNoSecondThread() {
    try (ImageGuard guard = ImageGuard.in(folder)) {
      assertReason(FailureReason.TOO_SLOW, () -> run(guard, this::spinUntilEnough));
      for (int i = 0; i < 20; i++) {
        assertReason(FailureReason.TOO_SLOW, () -> run(guard, this::spinUntilEnough));
      }
      assertThat(attempts).hasValue(1);
      assertThat(guard.threadsLeftBehind()).isEqualTo(1);
      assertThat(guard.exhausted().toCompletableFuture()).isNotDone();
    } finally {
      enough.set(true);
    }
  }

  @Test
  void norDoesItAfterARestart() {
    try (ImageGuard guard = ImageGuard.in(folder)) {
      assertReason(FailureReason.TOO_SLOW, () -> run(guard, this::spinUntilEnough));
    }
    try (ImageGuard restarted = ImageGuard.in(folder)) {
      assertReason(FailureReason.TOO_SLOW, () -> run(restarted, this::spinUntilEnough));
      assertThat(attempts).hasValue(1);
    } finally {
      enough.set(true);
    }
  }

  @Test
  void whatIsLeftBehindHoldsNoMemoryThatOthersWaitFor() throws Exception {
    try (ImageGuard guard = new ImageGuard(new HeapShare(1), Suspects.inMemory(), none(), pool())) {
      assertReason(
          FailureReason.TOO_SLOW,
          () ->
              run(
                  guard,
                  budget -> {
                    budget.reserve(1);
                    return spinUntilEnough(budget);
                  }));
      String other =
          guard.run(
              new byte[] {9},
              LIMIT,
              IOException.class,
              budget -> {
                budget.reserve(1);
                return "done";
              });
      assertThat(other).isEqualTo("done");
    } finally {
      enough.set(true);
    }
  }

  @Test
  void theProcessShouldEndWhenHalfOfItsProcessorsAreKept() throws Exception {
    int most = Math.max(2, Runtime.getRuntime().availableProcessors() / 2);
    try (ImageGuard guard = ImageGuard.in(folder)) {
      for (byte image = 0; image < most; image++) {
        byte[] bytes = {image};
        assertReason(
            FailureReason.TOO_SLOW,
            () -> guard.run(bytes, LIMIT, IOException.class, this::spinUntilEnough));
      }
      assertThat(guard.exhausted().toCompletableFuture().get(5, TimeUnit.SECONDS))
          .contains("never end");
    } finally {
      enough.set(true);
    }
  }

  @Test
  void whatRanOutOfMemoryBesideOthersIsDoneAgainAlone() throws Exception {
    try (ImageGuard guard = ImageGuard.in(folder)) {
      String done =
          run(
              guard,
              budget -> {
                budget.reserve(1 << 20);
                if (attempts.incrementAndGet() == 1) {
                  throw new OutOfMemoryError("Java heap space");
                }
                return "done";
              });
      assertThat(done).isEqualTo("done");
      assertThat(attempts).hasValue(2);
    }
  }

  @Test
  void whatTakesMoreMemoryThanItReservedIsABadImage() {
    try (ImageGuard guard = ImageGuard.in(folder)) {
      assertReason(
          FailureReason.OUT_OF_MEMORY,
          () ->
              run(
                  guard,
                  budget -> {
                    budget.reserve(1 << 20);
                    throw new OutOfMemoryError("Java heap space");
                  }));
    }
  }

  @Test
  void aHeapWithoutWhatWasReservedIsNoFaultOfTheImageUntilTheThirdTime() {
    for (int process = 0; process < 2; process++) {
      try (ImageGuard guard = ImageGuard.in(folder)) {
        assertThatThrownBy(() -> run(guard, ImageGuardTest::runOutOfMemory))
            .isInstanceOf(OutOfMemoryError.class);
      }
    }
    try (ImageGuard guard = ImageGuard.in(folder)) {
      assertReason(FailureReason.SUSPECT, () -> run(guard, ImageGuardTest::runOutOfMemory));
    }
  }

  @Test
  void whatTheWorkThrowsForABadImageGetsOut() {
    try (ImageGuard guard = ImageGuard.in(folder)) {
      assertThatThrownBy(
              () ->
                  run(
                      guard,
                      budget -> {
                        throw new IOException("torn");
                      }))
          .isInstanceOf(IOException.class)
          .hasMessage("torn");
    }
  }

  @Test
  void aFolderThatCannotBeUsedIsNoReasonNotToWork() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    try (ImageGuard guard = ImageGuard.in(file)) {
      assertThat(run(guard, budget -> "done")).isEqualTo("done");
    }
  }

  private static String runOutOfMemory(Budget budget) {
    budget.reserve(Long.MAX_VALUE / 4);
    throw new OutOfMemoryError("Java heap space");
  }

  private String spinUntilOver(Budget budget) {
    while (true) {
      budget.check();
      Thread.onSpinWait();
    }
  }

  private String spinUntilEnough(Budget budget) {
    attempts.incrementAndGet();
    while (!enough.get()) {
      Thread.onSpinWait();
    }
    return budget.toString();
  }

  private static void sleep() {
    try {
      TimeUnit.MILLISECONDS.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private interface TestWork {
    String run(Budget budget) throws Exception;
  }

  private static String run(ImageGuard guard, TestWork work) throws Exception {
    return guard.run(IMAGE, LIMIT, Exception.class, work::run);
  }

  private static void assertReason(FailureReason reason, ThrowingCallable work) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            GuardedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static Optional<Underway> none() {
    return Optional.empty();
  }

  private static Executor pool() {
    return work -> {
      Thread thread = new Thread(work);
      thread.setDaemon(true);
      thread.start();
    };
  }

  /** A thread for what another image does meanwhile. */
  private static final class Background implements AutoCloseable {
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final List<Future<?>> all = new ArrayList<>();

    Future<?> run(Callable<?> work) {
      Future<?> future = thread.submit(work);
      all.add(future);
      return future;
    }

    @Override
    public void close() {
      thread.shutdownNow();
    }
  }
}
