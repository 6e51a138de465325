package io.ocellus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocellus.checkpoint.CheckpointCatalog;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.testbed.Broker;
import io.ocellus.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Locales with letters and digits of their own, and one without any but ASCII's. */
class LocaleIT {
  private static final String DOG = "\u72d7";
  private static final String CAT = "\u732b";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"tr-TR", "ar-EG", "fa-IR"})
  void whatMachinesReadIsTheSameInEveryLocale(String locale) throws Exception {
    data();
    List<String> flags =
        List.of(
            "-Duser.language=" + locale.substring(0, 2),
            "-Duser.country=" + locale.substring(3),
            "-Duser.extensions=nu-arab");
    try (Broker kafka = Broker.start()) {
      String at = kafka.bootstrapServers();
      run(flags, "ingest", folder.resolve("data").toString(), "-b", at);
      train(flags);
      run(flags, "models", "publish", folder.resolve("model").toString(), "-b", at);
      assertThat(run(flags, "models", "list", "-b", at)).contains("default  1  ");
      run(flags, "eval", "data", "--model", "model");
      Manifest manifest =
          new CheckpointCatalog(Map.of("bootstrap.servers", at), new Topics("ocellus"))
              .newest("default")
              .orElseThrow();
      assertThat(manifest.version()).isEqualTo(1);
      assertThat(manifest.classes()).containsExactlyInAnyOrder(DOG, CAT);
    }
  }

  /** Java alone cannot read such names there; the script that starts it chooses another locale. */
  @Test
  void withoutALocaleNamesOfFilesAreRefusedAndTheScriptReadsThem() throws Exception {
    data();
    Map<String, String> posix = Map.of("LC_ALL", "C");
    try (CommandProcess bare =
        CommandProcess.start(folder, List.of(), posix, "data", "inspect", "data")) {
      assertThat(bare.await()).isEqualTo(1);
      assertThat(bare.text()).contains("set LC_ALL=C.UTF-8");
    }
    Path jar = Path.of("target", "ocellus.jar").toAbsolutePath();
    Path script = Path.of("src/main/sh/run").toAbsolutePath();
    ProcessBuilder builder =
        new ProcessBuilder(
                script.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                jar.toString(),
                "data",
                "inspect",
                "data")
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().putAll(posix);
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    assertThat(text).contains(DOG, CAT);
  }

  private void data() throws Exception {
    run(List.of(), "data", "make", "made", "--per-class", "20", "--size", "32");
    Path data = Files.createDirectory(folder.resolve("data"));
    Files.move(folder.resolve("made/ring"), data.resolve(DOG));
    Files.move(folder.resolve("made/cross"), data.resolve(CAT));
  }

  private void train(List<String> flags) throws Exception {
    run(
        flags,
        "train",
        folder.resolve("data").toString(),
        "--out",
        folder.resolve("model").toString(),
        "--network",
        "se-densenet-light",
        "--size",
        "32",
        "--epochs",
        "1",
        "--device",
        "cpu");
  }

  private String run(List<String> flags, String... arguments) throws Exception {
    try (CommandProcess process =
        CommandProcess.start(folder, flags, Map.of("LC_ALL", "C.UTF-8"), arguments)) {
      assertThat(process.await()).as(process.text()).isZero();
      return process.text();
    }
  }
}
