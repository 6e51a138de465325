package io.ocellus.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The stack of {@code docker-compose.yml}, of images that are built from this build's jars. */
final class ComposeStack implements AutoCloseable {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "COMPOSE_PROJECT_NAME", "ocellus-test",
          "COMPOSE_PROFILES", "",
          "DOCKER_BUILDKIT", "1",
          "JARS", "prebuilt",
          "EPOCHS", "2");

  private final List<String> compose;

  private ComposeStack(List<String> compose) {
    this.compose = compose;
  }

  /** Builds the images and starts these services and what they depend on. */
  static ComposeStack start(String... services) {
    boolean plugin = code(List.of("docker", "compose", "version")) == 0;
    ComposeStack stack =
        new ComposeStack(plugin ? List.of("docker", "compose") : List.of("docker-compose"));
    stack.run("build", "topics", "trainer", "inferencer");
    stack.run("down", "--volumes");
    List<String> up = new ArrayList<>(List.of("up", "-d"));
    up.addAll(List.of(services));
    stack.run(up.toArray(String[]::new));
    return stack;
  }

  /** Runs a subcommand of compose, which must succeed. */
  void run(String... arguments) {
    List<String> command = new ArrayList<>(compose);
    command.addAll(List.of(arguments));
    assertThat(code(command)).as("%s", command).isZero();
  }

  @Override
  public void close() {
    run("down", "--volumes");
  }

  private static int code(List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(Path.of("..").toFile()).redirectErrorStream(true);
    builder.environment().putAll(ENVIRONMENT);
    try {
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      if (code != 0) {
        System.out.println(command + ": " + output);
      }
      return code;
    } catch (IOException e) {
      if (command.get(0).equals("docker")) {
        return 127;
      }
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted at " + command, e);
    }
  }
}
