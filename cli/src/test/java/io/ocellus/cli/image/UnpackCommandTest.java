package io.ocellus.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackCommandTest {
  @Test
  void aJarLosesTheLibrariesOfAllPlatformsAndNothingElse(@TempDir Path folder) throws IOException {
    Path jar = folder.resolve("natives.jar");
    try (FileSystem zip = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
      Files.createDirectories(zip.getPath("native/lib"));
      for (String entry :
          new String[] {
            "librocks-linux64.so",
            "librocks-win64.dll",
            "librocks-osx.jnilib",
            "native/lib/libgomp-98b21ff3.so.1",
            "native/lib/pytorch.properties",
            "Some.class"
          }) {
        Files.writeString(zip.getPath(entry), entry);
      }
    }

    UnpackCommand.removeLibraries(jar);

    try (FileSystem zip = FileSystems.newFileSystem(jar);
        var entries = Files.walk(zip.getPath("/"))) {
      assertThat(entries.filter(Files::isRegularFile).map(Path::toString))
          .containsExactlyInAnyOrder("/Some.class", "/native/lib/pytorch.properties");
    }
  }
}
