package io.ocellus.cli.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What commands leave in the folder of temporary files when they end, and when they are killed. */
@Timeout(180)
class TemporaryFolderIT {
  private static final String NOBODY = "127.0.0.1:1";

  @TempDir private Path folder;
  private Path temporary;

  @BeforeEach
  void make() throws IOException {
    temporary = Files.createDirectory(folder.resolve("tmp"));
  }

  @Test
  void aTrainingAndAPredictionLeaveNothing() throws Exception {
    String data = folder.resolve("data").toString();
    String model = folder.resolve("model").toString();
    end(0, start("data", "make", data, "--per-class", "12"));
    end(
        0,
        start(
            "train",
            data,
            "--out",
            model,
            "--network",
            "se-densenet-light",
            "--size",
            "32",
            "--epochs",
            "1",
            "--device",
            "cpu"));
    assertThat(left()).isEmpty();
    Path image;
    try (Stream<Path> files = Files.walk(Path.of(data))) {
      image = files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
    end(0, start("predict", image.toString(), "--model", model));
    assertThat(left()).isEmpty();
  }

  @Test
  void aServiceThatIsStoppedLeavesNothingAndOneThatIsKilledUntilTheNextStart() throws Exception {
    Process living = service("living");
    Process stopped = service("stopped");
    Process killed = service("killed");
    try {
      await().atMost(Duration.ofSeconds(60)).until(() -> locked() == 3);
      stopped.destroy();
      end(143, stopped);
      assertThat(left()).hasSize(2);
      killed.destroyForcibly();
      killed.waitFor();
      assertThat(left()).hasSize(2);

      end(0, start("networks"));

      assertThat(left()).singleElement().asString().startsWith("ocellus-" + living.pid() + "-");
    } finally {
      List.of(living, stopped, killed).forEach(Process::destroyForcibly);
    }
  }

  private Process service(String name) throws IOException {
    return start(
        "inferencer",
        "-b",
        NOBODY,
        "--set",
        "http.port=0",
        "--set",
        "image.max-pixels=1_000_000",
        "--set",
        "state-dir=" + folder.resolve(name));
  }

  private Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "sh",
                Path.of("src/main/sh/run").toAbsolutePath().toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                Path.of("target/ocellus.jar").toAbsolutePath().toString()));
    command.addAll(List.of(arguments));
    File log = Files.createTempFile(folder, "command-", ".log").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log);
    builder.environment().put("TMPDIR", temporary.toString());
    builder.environment().put("JAVA_OPTS", "-Xmx512m -XX:TieredStopAtLevel=1");
    return builder.start();
  }

  private void end(int code, Process process) throws Exception {
    assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(code);
  }

  private long locked() throws IOException {
    return left().stream()
        .filter(name -> Files.exists(temporary.resolve(name).resolve(".lock")))
        .count();
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
