package io.ocellus.cli.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A data set on disk: one folder per class, or {@code train}, {@code val} and {@code test} folders
 * of class folders. Files lie in their class folder or anywhere below it, or behind links; hidden
 * ones are passed over.
 *
 * @param files all images, in the order of their ids
 * @param skipped what lies among them and is not an image, or cannot be reached
 * @param notes on what was passed over or followed, a sentence each
 */
public record ImageFolder(List<LabelledFile> files, List<SkippedFile> skipped, List<String> notes) {
  public ImageFolder {
    files = List.copyOf(files);
    skipped = List.copyOf(skipped);
    notes = List.copyOf(notes);
  }

  /**
   * Lists the images of a folder.
   *
   * @param groupRegex finds the group in a file's name: its first capturing group, or the whole
   *     match
   * @throws DataSetException where it is not shaped as a data set, with what to do about it
   */
  public static ImageFolder read(Path root, Optional<Pattern> groupRegex) {
    return list(root, groupRegex, "image", ImageFiles::problem);
  }

  /**
   * The same with all files, those too that are no images.
   *
   * @throws DataSetException as {@link #read}
   */
  public static ImageFolder all(Path root, Optional<Pattern> groupRegex) {
    return list(root, groupRegex, "file", file -> Optional.empty());
  }

  private static ImageFolder list(
      Path root,
      Optional<Pattern> groupRegex,
      String wanted,
      Function<Path, Optional<String>> problem) {
    FolderWalk walk = new FolderWalk(root);
    List<LabelledFile> files = new ArrayList<>();
    List<String> empty = new ArrayList<>();
    for (ClassFolder folder : ClassFolder.below(root, walk)) {
      int before = files.size();
      for (Path path : walk.files(folder.path())) {
        problem
            .apply(path)
            .ifPresentOrElse(
                reason -> walk.skip(path, reason),
                () -> files.add(labelled(root, folder, path, groupRegex)));
      }
      if (files.size() == before) {
        empty.add("%s has no %s.".formatted(folder.path(), wanted));
      }
    }
    if (files.isEmpty()) {
      throw new DataSetException(
          "%s has class folders but no %s in them%s"
              .formatted(root, wanted, because(walk.skipped())));
    }
    groupRegex.ifPresent(regex -> checkGroups(files, regex));
    files.sort(Comparator.comparing(LabelledFile::id));
    return new ImageFolder(
        files, walk.skipped(), Stream.of(walk.notes(), empty).flatMap(List::stream).toList());
  }

  private static String because(List<SkippedFile> skipped) {
    return skipped.isEmpty()
        ? ""
        : ": %s skipped, the first being %s, because %s"
            .formatted(
                FolderWalk.count(skipped.size(), "file"),
                skipped.get(0).path(),
                skipped.get(0).reason());
  }

  /** What is to be told of what is not among the images, a line each. */
  public List<String> remarks() {
    return Stream.concat(skipped.stream().map(SkippedFile::said), notes.stream()).toList();
  }

  /** The labels, in alphabetical order. */
  public List<String> classes() {
    return files.stream().map(LabelledFile::label).distinct().sorted().toList();
  }

  /** The images of one part; none where the data set has no such part. */
  public List<LabelledFile> part(Split split) {
    return files.stream().filter(file -> file.split().equals(Optional.of(split))).toList();
  }

  private static LabelledFile labelled(
      Path root, ClassFolder folder, Path path, Optional<Pattern> groupRegex) {
    String name = path.getFileName().toString();
    Optional<String> group =
        groupRegex
            .map(regex -> regex.matcher(name))
            .filter(match -> match.find())
            .map(match -> match.groupCount() == 0 ? match.group() : match.group(1));
    return new LabelledFile(
        id(root, path), path, folder.label(), group.filter(g -> !g.isEmpty()), folder.split());
  }

  private static void checkGroups(List<LabelledFile> files, Pattern regex) {
    if (files.stream().allMatch(file -> file.group().isEmpty())) {
      throw new DataSetException(
          "The group expression '%s' matches no file name; one of them is %s"
              .formatted(regex, files.get(0).path().getFileName()));
    }
  }

  private static String id(Path root, Path path) {
    return Stream.of(
            root.relativize(path)
                .toString()
                .split(Pattern.quote(path.getFileSystem().getSeparator()), -1))
        .collect(Collectors.joining("/"));
  }
}
