package io.ocellus.cli.local;

import io.ocellus.cli.data.GroupRegex;
import io.ocellus.cli.data.ImageFolder;
import io.ocellus.cli.data.LabelledFile;
import io.ocellus.trainer.folder.ImageFile;
import io.ocellus.trainer.folder.Part;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The data set that a command is about. */
final class LocalFiles {
  @Parameters(
      paramLabel = "DIR",
      description = "A folder per class, or train, val and test folders of those.")
  private Path folder;

  @Mixin private GroupRegex groups;

  Path folder() {
    return folder;
  }

  ImageFolder read() {
    return ImageFolder.read(folder, groups.pattern());
  }

  static List<ImageFile> images(List<LabelledFile> files) {
    return files.stream()
        .map(
            file ->
                new ImageFile(
                    file.id(),
                    file.path(),
                    file.label(),
                    file.group(),
                    file.split().map(split -> Part.valueOf(split.name()))))
        .toList();
  }
}
