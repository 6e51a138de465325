package io.ocellus.cli.data;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A folder whose images have its name as their label. */
record ClassFolder(Path path, Optional<Split> split) {
  /** In Unicode's composed form (NFC): some systems write names in the decomposed one. */
  String label() {
    return Normalizer.normalize(path.getFileName().toString(), Normalizer.Form.NFC);
  }

  /** All class folders of a data set, which has parts or has none. */
  static List<ClassFolder> below(Path root, FolderWalk walk) {
    List<Path> folders = walk.folders(root);
    if (folders.isEmpty()) {
      throw new DataSetException(
          "%s has no folders; a data set is one folder per class, or train, val and test folders of those"
              .formatted(root));
    }
    List<Path> parts = folders.stream().filter(folder -> split(folder).isPresent()).toList();
    if (parts.isEmpty()) {
      return folders.stream().map(folder -> new ClassFolder(folder, Optional.empty())).toList();
    }
    if (parts.size() < folders.size()) {
      throw new DataSetException(
          "%s has parts (%s) beside other folders (%s); move the others into the parts or away"
              .formatted(root, names(parts), names(without(folders, parts))));
    }
    return inParts(parts, walk);
  }

  private static List<ClassFolder> inParts(List<Path> parts, FolderWalk walk) {
    List<ClassFolder> classes = new ArrayList<>();
    for (Path part : parts) {
      List<Path> folders = walk.folders(part);
      if (folders.isEmpty()) {
        throw new DataSetException("%s has no class folders".formatted(part));
      }
      folders.forEach(folder -> classes.add(new ClassFolder(folder, split(part))));
    }
    return classes;
  }

  private static Optional<Split> split(Path folder) {
    return Split.ofFolder(folder.getFileName().toString());
  }

  private static List<Path> without(List<Path> all, List<Path> some) {
    return all.stream().filter(path -> !some.contains(path)).toList();
  }

  private static String names(List<Path> folders) {
    return String.join(
        ", ", folders.stream().map(folder -> folder.getFileName().toString()).toList());
  }
}
