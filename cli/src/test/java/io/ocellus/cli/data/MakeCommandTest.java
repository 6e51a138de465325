package io.ocellus.cli.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocellus.cli.Ocellus;
import io.ocellus.testbed.SyntheticImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MakeCommandTest {
  @Test
  void writesAFolderThatCanBeIngestedAndLaterOthersBesideIt(@TempDir Path folder)
      throws IOException {
    run("data", "make", folder.toString(), "--per-class", "3", "--size", "16");
    run("data", "make", folder.toString(), "--per-class", "2", "--size", "16", "--from", "3");

    ImageFolder images = ImageFolder.read(folder, Optional.empty());
    SyntheticImages expected = new SyntheticImages(16, 1);
    assertThat(images.skipped()).isEmpty();
    assertThat(images.files())
        .hasSize(5 * expected.classes().size())
        .extracting(LabelledFile::label)
        .containsOnly(expected.classes().toArray(String[]::new));
    assertThat(folder.resolve("ring/ring-00004.png")).hasBinaryContent(expected.png("ring", 4));
  }

  private static void run(String... arguments) {
    assertThat(Ocellus.commandLine().execute(arguments)).isZero();
  }
}
