package io.ocellus.cli.data;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Lists the files of a data set. Links are followed, those too that lead out of it. What is not
 * listed is remembered with its reason, so that nothing goes without a word: a link that leads
 * nowhere or back, what cannot be read, what is no file; hidden files and those that systems leave
 * behind are counted.
 */
final class FolderWalk {
  private static final Set<String> OF_SYSTEMS =
      Set.of("Thumbs.db", "ehthumbs.db", "desktop.ini", "__MACOSX");

  private static final String LOOP = "symbolic link to a parent folder (a loop)";
  private static final char UNDECODED = '\uFFFD';
  private static final int MOST_NAMES = 3;

  private final Path root;
  private final List<SkippedFile> skipped = new ArrayList<>();
  private final Set<String> hidden = new TreeSet<>();
  private final List<Path> links = new ArrayList<>();
  private int hiddenCount;

  /**
   * @param root of the data set
   */
  FolderWalk(Path root) {
    this.root = root;
  }

  /** The folders in a folder, but for hidden ones; files beside them are skipped. */
  List<Path> folders(Path parent) {
    List<Path> folders = new ArrayList<>();
    walk(
        parent,
        1,
        path -> {
          if (Files.isDirectory(path)) {
            folders.add(path);
          } else {
            skip(path, "not in a class folder");
          }
        });
    return folders;
  }

  /** All files in a folder and below, without hidden ones, in alphabetical order. */
  List<Path> files(Path folder) {
    List<Path> files = new ArrayList<>();
    walk(folder, Integer.MAX_VALUE, files::add);
    return files;
  }

  void skip(Path path, String reason) {
    skipped.add(new SkippedFile(path, reason));
  }

  /** What was not listed, one by one. */
  List<SkippedFile> skipped() {
    return List.copyOf(skipped);
  }

  /** What else is to be said, in a sentence each. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (hiddenCount > 0) {
      notes.add(
          "Ignored %s: %s.".formatted(count(hiddenCount, "hidden or system file"), names(hidden)));
    }
    if (!links.isEmpty()) {
      notes.add(
          "Followed %s out of %s: %s."
              .formatted(
                  count(links.size(), "link"),
                  root,
                  names(links.stream().map(link -> root.relativize(link).toString()).toList())));
    }
    return notes;
  }

  /** Of that many things. */
  static String count(int number, String one) {
    return "%d %s%s".formatted(number, one, number == 1 ? "" : "s");
  }

  private static String names(Collection<String> names) {
    String first = String.join(", ", names.stream().limit(MOST_NAMES).toList());
    return names.size() > MOST_NAMES ? first + ", …" : first;
  }

  private interface Found {
    void add(Path path);
  }

  private void walk(Path start, int depth, Found found) {
    if (!Files.isDirectory(start)) {
      throw new DataSetException("There is no folder %s".formatted(start.toAbsolutePath()));
    }
    List<Path> all = new ArrayList<>();
    try {
      Files.walkFileTree(
          start, EnumSet.of(FileVisitOption.FOLLOW_LINKS), depth, new Visitor(start, all));
    } catch (IOException e) {
      throw new DataSetException("%s cannot be listed".formatted(start), e);
    }
    all.stream().sorted(Comparator.naturalOrder()).forEach(found::add);
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    private final Path start;
    private final List<Path> found;

    Visitor(Path start, List<Path> found) {
      this.start = start;
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      if (!folder.equals(start)) {
        if (isHidden(folder) || leadsBack(folder)) {
          return FileVisitResult.SKIP_SUBTREE;
        }
        note(folder);
      }
      return FileVisitResult.CONTINUE;
    }

    /** A folder too, where it lies at the greatest depth. */
    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
      if (isHidden(path) || leadsBack(path)) {
        return FileVisitResult.CONTINUE;
      }
      note(path);
      if (attributes.isSymbolicLink()) {
        skip(path, "broken symbolic link");
      } else if (attributes.isOther()) {
        skip(path, "not a regular file");
      } else {
        found.add(path);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException e) {
      if (!isHidden(path)) {
        skip(path, why(e));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException e) {
      if (e != null) {
        skip(folder, why(e));
      }
      return FileVisitResult.CONTINUE;
    }
  }

  private static String why(IOException e) {
    if (e instanceof FileSystemLoopException) {
      return LOOP;
    }
    return e instanceof AccessDeniedException
        ? "permission denied"
        : "it cannot be read: " + e.getMessage();
  }

  private boolean isHidden(Path path) {
    String name = path.getFileName().toString();
    if (name.indexOf(UNDECODED) >= 0) {
      throw new DataSetException(
          "The name of %s is not valid UTF-8, or the locale of this process is not UTF-8: rename it, or set LC_ALL=C.UTF-8"
              .formatted(path));
    }
    boolean passedOver = name.startsWith(".") || OF_SYSTEMS.contains(name);
    if (passedOver) {
      hidden.add(name);
      hiddenCount++;
    }
    return passedOver;
  }

  /** Whether it is a link to a folder that it lies in; then it is skipped. */
  private boolean leadsBack(Path path) {
    try {
      boolean back =
          Files.isSymbolicLink(path)
              && path.toAbsolutePath().getParent().toRealPath().startsWith(path.toRealPath());
      if (back) {
        skip(path, LOOP);
      }
      return back;
    } catch (IOException e) {
      return false;
    }
  }

  private void note(Path path) {
    if (Files.isSymbolicLink(path) && !links.contains(path) && isOutside(path)) {
      links.add(path);
    }
  }

  private boolean isOutside(Path path) {
    try {
      return !path.toRealPath().startsWith(root.toRealPath());
    } catch (IOException e) {
      return false;
    }
  }
}
