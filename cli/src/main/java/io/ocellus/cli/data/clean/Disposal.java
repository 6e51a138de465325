package io.ocellus.cli.data.clean;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Where files go that are taken out of a data set. A process that is killed loses none. */
interface Disposal {

  /** Takes a file out; at every moment it is in its old place or whole in its new one. */
  void take(Removal removal) throws IOException;

  /** For good. */
  static Disposal delete() {
    return removal -> Files.delete(removal.file());
  }

  /** Into a folder, under the same path as in the data set; nothing there is overwritten. */
  static Disposal moveTo(Path folder) {
    return removal -> {
      Path target = free(folder.resolve(removal.id()));
      Files.createDirectories(target.getParent());
      try {
        Files.move(removal.file(), target, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        copy(removal.file(), target);
        Files.delete(removal.file());
      }
    };
  }

  private static void copy(Path from, Path to) throws IOException {
    Path part = to.resolveSibling(to.getFileName() + ".part");
    Files.copy(from, part, StandardCopyOption.REPLACE_EXISTING, LinkOption.NOFOLLOW_LINKS);
    if (!Files.isSymbolicLink(part)) {
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
    }
    Files.move(part, to, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Path free(Path wanted) {
    Path path = wanted;
    for (int i = 1; Files.exists(path, LinkOption.NOFOLLOW_LINKS); i++) {
      path = wanted.resolveSibling("%s.%d".formatted(wanted.getFileName(), i));
    }
    return path;
  }
}
