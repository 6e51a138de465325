package io.ocellus.inferencer;

import io.ocellus.config.ConfigurationLoader;
import io.ocellus.testbed.Footprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An inferencer in a JVM of its own, to be killed. */
public final class InferencerProcess implements AutoCloseable {
  private final Process process;

  private InferencerProcess(Process process) {
    this.process = process;
  }

  static InferencerProcess start(Map<String, String> settings, Path log) {
    return start(settings, Map.of(), log);
  }

  static InferencerProcess start(
      Map<String, String> settings, Map<String, String> environment, Path log) {
    Map<String, String> small = new HashMap<>(settings);
    small.putIfAbsent("image.max-pixels", "10_000_000");
    return start(
        small, environment, log, List.of("-Xms256m", "-Xmx256m", "-XX:TieredStopAtLevel=1"));
  }

  /**
   * With another heap and compiler than a short test needs.
   *
   * @param flags of its JVM
   */
  static InferencerProcess start(
      Map<String, String> settings, Map<String, String> environment, Path log, List<String> flags) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+AlwaysPreTouch",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                InferencerProcess.class.getName()));
    command.addAll(1, flags);
    settings.forEach((key, value) -> command.add(key + "=" + value));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    try {
      return new InferencerProcess(builder.start());
    } catch (IOException e) {
      throw new IllegalStateException("The inferencer's process does not start", e);
    }
  }

  /** What it holds now. */
  Footprint footprint() {
    return Footprint.of(process);
  }

  /** Whether a native library whose name begins so is mapped into its memory. */
  boolean hasLoaded(String library) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "maps")).stream()
        .anyMatch(line -> line.contains("/" + library));
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it in order. */
  void stop() {
    try {
      process.getOutputStream().close();
      process.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** As {@code kill -9} does. */
  @Override
  public void close() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs until its standard input ends. */
  public static void main(String[] arguments) throws IOException {
    Map<String, String> settings = new HashMap<>();
    for (String argument : arguments) {
      String[] keyAndValue = argument.split("=", 2);
      settings.put(keyAndValue[0], keyAndValue[1]);
    }
    try (Inferencer inferencer =
        new Inferencer(new ConfigurationLoader<>(InferencerConfig.class).load(settings))) {
      inferencer.start();
      int end = System.in.read();
      System.out.printf("Standard input gave %d, the inferencer stops%n", end);
    }
  }
}
