package io.ocellus.cli.local;

import io.ocellus.cli.data.ImageFolder;
import io.ocellus.cli.data.LabelledFile;
import io.ocellus.trainer.folder.ImageFile;
import io.ocellus.trainer.folder.Part;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The data set that a command is about. */
final class LocalFiles {
  @Parameters(
      paramLabel = "DIR",
      description = "A folder per class, or train, val and test folders of those.")
  private Path folder;

  @Option(
      names = "--group-regex",
      paramLabel = "REGEX",
      description =
          "Finds in a file's name what must not be divided between parts, such as the patient: the"
              + " first (...), or the whole match.")
  private Optional<Pattern> groupRegex = Optional.empty();

  Path folder() {
    return folder;
  }

  ImageFolder read() {
    return ImageFolder.read(folder, groupRegex);
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
