package io.ocellus.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.pytorch.jni.JniUtils;
import com.sun.jna.Platform;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class FreeCoresTest {
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  @Test
  void coresThatAnotherProcessKeepsBusyAreNotFree() throws IOException {
    assumeTrue(CORES > 1 && !Platform.isWindows());
    List<Process> busy = new ArrayList<>();
    try (FreeCores cores = new FreeCores(CORES)) {
      for (int i = 1; i < CORES; i++) {
        busy.add(new ProcessBuilder("sh", "-c", "while :; do :; done").start());
      }
      await().atMost(Duration.ofSeconds(30)).until(() -> cores.count() < CORES);
    } finally {
      busy.forEach(Process::destroyForcibly);
    }
  }

  @Test
  void ownThreadsAreNoNeighbours() throws InterruptedException {
    Thread own = new Thread(FreeCoresTest::spin);
    own.setDaemon(true);
    own.start();
    try (FreeCores cores = new FreeCores(CORES)) {
      await().atMost(Duration.ofSeconds(60)).until(() -> cores.count() == CORES);
      assertThat(cores.count()).isBetween(1, CORES);
    } finally {
      own.interrupt();
      own.join();
    }
  }

  @Test
  void trainingGoesOnWithFewerThreadsBesideBusyCoresAndWithAllAfterwards() throws IOException {
    assumeTrue(CORES > 1 && !Platform.isWindows());
    CpuThreads.all();
    JniUtils.setNumThreads(CORES);
    List<Process> busy = new ArrayList<>();
    try (CpuThreads threads = new CpuThreads(false)) {
      for (int i = 1; i < CORES; i++) {
        busy.add(new ProcessBuilder("sh", "-c", "while :; do :; done").start());
      }
      adapted(threads, () -> JniUtils.getNumThreads() < CORES);
      busy.forEach(Process::destroyForcibly);
      adapted(threads, () -> JniUtils.getNumThreads() == CORES);
    } finally {
      busy.forEach(Process::destroyForcibly);
      CpuThreads.all();
    }
  }

  /** PyTorch's number of threads is that of the thread that asks. */
  private static void adapted(CpuThreads threads, Callable<Boolean> condition) {
    await()
        .pollInSameThread()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              threads.adapt();
              return condition.call();
            });
  }

  private static void spin() {
    while (!Thread.currentThread().isInterrupted()) {
      Thread.onSpinWait();
    }
  }
}
