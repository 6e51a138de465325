package io.ocellus.image.guard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocellus.failure.FailureReason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that end in the middle of an image, for real. */
@Timeout(120)
class KilledProcessTest {
  private static final TimeLimit LIMIT = new TimeLimit(Duration.ofSeconds(10));
  private static final int HALTED = 137;

  @TempDir Path folder;

  /** Works on an image of that name, and ends while it is underway where it is told to. */
  static final class Worker {
    private Worker() {}

    public static void main(String[] arguments) throws Exception {
      ImageGuard guard = ImageGuard.in(Path.of(arguments[0]));
      boolean halts = arguments[2].equals("halt");
      guard.run(
          arguments[1].getBytes(UTF_8),
          LIMIT,
          Exception.class,
          budget -> {
            if (halts) {
              Runtime.getRuntime().halt(HALTED);
            }
            return "";
          });
    }
  }

  @Test
  void theImageThatWasUnderwayTwiceIsRefusedAtTheThirdStart() throws Exception {
    assertThat(exitCode("killer", "halt")).isEqualTo(HALTED);
    assertThat(exitCode("killer", "halt")).isEqualTo(HALTED);
    try (ImageGuard guard = ImageGuard.in(folder)) {
      assertThatThrownBy(() -> work(guard, "killer"))
          .isInstanceOfSatisfying(
              GuardedException.class, e -> assertThat(e.reason()).isEqualTo(FailureReason.SUSPECT));
      assertThat(work(guard, "another")).isEqualTo("another");
    }
  }

  @Test
  void anImageThatWasUnderwayOnceAndIsDoneThenIsNoSuspect() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(exitCode("innocent", "halt")).isEqualTo(HALTED);
      assertThat(exitCode("innocent", "finish")).isZero();
    }
    try (ImageGuard guard = ImageGuard.in(folder)) {
      assertThat(work(guard, "innocent")).isEqualTo("innocent");
    }
  }

  private static String work(ImageGuard guard, String name) throws Exception {
    return guard.run(name.getBytes(UTF_8), LIMIT, Exception.class, budget -> name);
  }

  private int exitCode(String image, String what) throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Worker.class.getName(),
                    folder.toString(),
                    image,
                    what))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
