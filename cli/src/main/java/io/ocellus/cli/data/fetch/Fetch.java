package io.ocellus.cli.data.fetch;

import io.ocellus.cli.data.Bars;
import io.ocellus.cli.data.DataSetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;

/**
 * A set on its way into a folder, which is there when all of it is, and not before.
 *
 * @param set which
 * @param size width and height in pixels
 * @param folder where it goes
 */
record Fetch(MedMnist set, int size, Path folder) {

  void refuseToOverwrite() {
    if (Files.exists(folder)) {
      throw new DataSetException(folder + " is there already; --to takes a new folder");
    }
  }

  /** Checks the file, unpacks it beside the folder, then gives it the folder's name. */
  void unpack(Path file) throws IOException {
    String found = Download.md5(file);
    if (!found.equals(set.checksum(size))) {
      throw new DataSetException(
          "%s has the checksum %s, but %s has %s"
              .formatted(file, found, set.file(size), set.checksum(size)));
    }
    Path unfinished = folder.resolveSibling(folder.getFileName() + ".unfinished");
    delete(unfinished);
    Files.createDirectories(unfinished);
    int images = set.images().values().stream().mapToInt(Integer::intValue).sum();
    try (ProgressBar bar = Bars.images("Unpacking", images)) {
      new Unpacking(file, set.labels(), bar::step).into(unfinished, set.images());
    }
    Files.writeString(unfinished.resolve("README.txt"), readme());
    Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
  }

  private String readme() {
    return """
        %s, %d x %d pixels, of MedMNIST v2: %s.
        From %s (MD5 %s)
        Licence: %s
        To cite: Yang et al., MedMNIST v2, Scientific Data 10, 41 (2023), doi:10.1038/s41597-022-01721-8
        """
        .formatted(
            set.name(), size, size, set.shows(), set.uri(size), set.checksum(size), set.licence());
  }

  private static void delete(Path tree) throws IOException {
    if (Files.notExists(tree)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
