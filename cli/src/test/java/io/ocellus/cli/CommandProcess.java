package io.ocellus.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The {@code ocellus} command in a process of its own.
 *
 * @param process that runs
 * @param log what it prints
 */
public record CommandProcess(Process process, Path log) implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  /**
   * Starts it.
   *
   * @param folder to run in, where its log goes too
   * @param flags of the JVM
   * @param environment beside this process's own
   */
  public static CommandProcess start(
      Path folder, List<String> flags, Map<String, String> environment, String... arguments)
      throws IOException {
    Path log = Files.createTempFile(folder, "command-", ".log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx768m", "-XX:TieredStopAtLevel=1"));
    command.addAll(flags);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Ocellus.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    return new CommandProcess(builder.start(), log);
  }

  /** Its exit code, once it has ended. */
  public int await() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("Still running: " + text());
    }
    return process.exitValue();
  }

  /** What it has printed. */
  public String text() {
    try {
      return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
