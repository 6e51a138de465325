package io.ocellus.cli.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A data set on disk: one folder per class, or {@code train}, {@code val} and {@code test} folders
 * of class folders. Files lie in their class folder or anywhere below it; hidden ones are passed
 * over.
 *
 * @param files all images, in the order of their ids
 * @param skipped what lies among them and is not an image
 */
public record ImageFolder(List<LabelledFile> files, List<SkippedFile> skipped) {
  public ImageFolder {
    files = List.copyOf(files);
    skipped = List.copyOf(skipped);
  }

  /**
   * Lists a folder.
   *
   * @param groupRegex finds the group in a file's name: its first capturing group, or the whole
   *     match
   * @throws DataSetException where it is not shaped as a data set, with what to do about it
   */
  public static ImageFolder read(Path root, Optional<Pattern> groupRegex) {
    List<LabelledFile> files = new ArrayList<>();
    List<SkippedFile> skipped = new ArrayList<>();
    for (ClassFolder folder : ClassFolder.below(root)) {
      for (Path path : ImageFiles.below(folder.path())) {
        Optional<String> problem = ImageFiles.problem(path);
        if (problem.isPresent()) {
          skipped.add(new SkippedFile(path, problem.get()));
        } else {
          files.add(labelled(root, folder, path, groupRegex));
        }
      }
    }
    if (files.isEmpty()) {
      throw new DataSetException("%s has class folders but no image in them".formatted(root));
    }
    groupRegex.ifPresent(regex -> checkGroups(files, regex));
    files.sort(Comparator.comparing(LabelledFile::id));
    return new ImageFolder(files, skipped);
  }

  /**
   * All files of a data set, those too that are no images.
   *
   * @throws DataSetException as {@link #read}
   */
  public static List<LabelledFile> all(Path root, Optional<Pattern> groupRegex) {
    List<LabelledFile> files = new ArrayList<>();
    for (ClassFolder folder : ClassFolder.below(root)) {
      ImageFiles.below(folder.path())
          .forEach(path -> files.add(labelled(root, folder, path, groupRegex)));
    }
    if (files.isEmpty()) {
      throw new DataSetException("%s has class folders but no file in them".formatted(root));
    }
    groupRegex.ifPresent(regex -> checkGroups(files, regex));
    return files;
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
