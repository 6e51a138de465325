package io.ocellus.inferencer.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, disabledReason = "priorities are read from /proc")
class LowPriorityTest {
  @Test
  void lowersTheCallingThreadAlone() throws Exception {
    int before = nice();
    Callable<Integer> lowered =
        () -> {
          LowPriority.here();
          return nice();
        };
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      assertThat(other.submit(lowered).get()).isEqualTo(Math.max(before, 10));
    } finally {
      other.shutdown();
    }
    assertThat(nice()).isEqualTo(before);
  }

  /** Field 19 of {@code proc_pid_stat(5)}; the second one may hold spaces. */
  private static int nice() throws IOException {
    String stat = Files.readString(Path.of("/proc/thread-self/stat"));
    String[] fromThird = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Integer.parseInt(fromThird[16]);
  }
}
