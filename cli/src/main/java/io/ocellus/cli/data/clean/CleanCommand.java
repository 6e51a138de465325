package io.ocellus.cli.data.clean;

import io.ocellus.cli.data.DataSetException;
import io.ocellus.cli.data.inspect.FolderSurvey;
import io.ocellus.cli.data.inspect.FoundImage;
import io.ocellus.cli.options.SettingOptions;
import io.ocellus.image.ImageLimits;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ocellus data clean}. */
@Command(
    name = "clean",
    description = {
      "Takes out of a folder what cannot be trained on: unreadable files, images that are too small"
          + " or too long, and copies.",
      "",
      "Says what would go and why; with --apply it goes, to a folder beside unless --delete is"
          + " said. A list of it is written first. Of copies one stays, and all where their labels"
          + " differ."
    },
    footer = {
      "  ocellus data clean photos/ --min-side 64",
      "  ocellus data clean photos/ --min-side 64 --apply"
    })
public final class CleanCommand implements Callable<Integer> {
  private static final int MOST_LINES = 40;
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  @Spec private CommandSpec spec;
  @Mixin private SettingOptions settings;

  @Parameters(
      paramLabel = "DIR",
      description = "One folder per class, or train, val and test folders of those.")
  private Path folder;

  @Option(
      names = "--min-side",
      paramLabel = "PIXELS",
      defaultValue = "16",
      description = "Least width and height; ${DEFAULT-VALUE} if not said.")
  private int minSide;

  @Option(
      names = "--max-aspect",
      paramLabel = "RATIO",
      defaultValue = "4",
      description =
          "Most that the longer side may be of the shorter; ${DEFAULT-VALUE} if not said.")
  private double maxAspect;

  @Option(names = "--keep-copies", description = "Leave images that show the same.")
  private boolean keepCopies;

  @Option(names = "--apply", description = "Do it; otherwise only say what would be done.")
  private boolean apply;

  @Option(
      names = "--list",
      paramLabel = "FILE",
      description = "Where the list (CSV) goes; with --apply, a new file beside if not said.")
  private Optional<Path> list = Optional.empty();

  @ArgGroup private Target target = new Target();

  /** One or the other. */
  static final class Target {
    @Option(
        names = "--to",
        paramLabel = "DIR",
        description = "Where removed files go; the folder's name and -removed if not said.")
    private Optional<Path> folder = Optional.empty();

    @Option(names = "--delete", description = "Delete for good instead of moving.")
    private boolean delete;
  }

  @Override
  public Integer call() throws IOException {
    if (!(maxAspect >= 1)) {
      throw new ParameterException(spec.commandLine(), "--max-aspect must be at least 1.");
    }
    Path root = folder.toAbsolutePath().normalize();
    Path removed = target.folder.orElse(beside(root, "-removed")).toAbsolutePath().normalize();
    if (removed.startsWith(root)) {
      throw new ParameterException(
          spec.commandLine(), "--to must lie outside of the data set, or it would be part of it.");
    }
    ImageLimits limits = settings.shared(Map.of()).image().limits();
    List<FoundImage> found = FolderSurvey.of(root, Optional.empty(), limits, out()::println);
    List<Removal> removals = new CleaningRules(minSide, maxAspect, !keepCopies).apply(root, found);
    describe(found.size(), removals);
    if (!apply || removals.isEmpty()) {
      dryRun(removals);
      return 0;
    }
    remove(root, removed, removals);
    return 0;
  }

  private void dryRun(List<Removal> removals) throws IOException {
    if (list.isPresent()) {
      RemovalList.write(list.get(), removals);
      out().printf("List: %s%n", list.get().toAbsolutePath());
    }
    if (!removals.isEmpty()) {
      out().println("Nothing was changed. --apply does it.");
    }
    out().flush();
  }

  private void remove(Path root, Path removed, List<Removal> removals) throws IOException {
    Path written =
        list.orElse(
            beside(
                root,
                "-removed-%s.csv"
                    .formatted(STAMP.format(LocalDateTime.now(ZoneId.systemDefault())))));
    RemovalList.write(written, removals);
    out().printf("List: %s%n", written.toAbsolutePath());
    out().flush();
    Disposal disposal = target.delete ? Disposal.delete() : Disposal.moveTo(removed);
    int done = 0;
    for (Removal removal : removals) {
      try {
        disposal.take(removal);
        done++;
      } catch (IOException e) {
        throw new DataSetException(
            "%s could not be removed, after %,d of %,d; run it again once that is mended"
                .formatted(removal.file(), done, removals.size()),
            e);
      }
    }
    out()
        .println(
            target.delete
                ? "Deleted %,d files.".formatted(done)
                : "Moved %,d files to %s.".formatted(done, removed));
    out().flush();
  }

  private void describe(int files, List<Removal> removals) {
    removals.stream()
        .limit(MOST_LINES)
        .forEach(r -> out().printf("%-18s %s  (%s)%n", r.reason(), r.id(), r.detail()));
    if (removals.size() > MOST_LINES) {
      out().printf("and %,d more; --list writes all%n", removals.size() - MOST_LINES);
    }
    Map<String, Long> reasons =
        removals.stream()
            .collect(Collectors.groupingBy(Removal::reason, TreeMap::new, Collectors.counting()));
    out().printf("%,d of %,d files to remove", removals.size(), files);
    reasons.forEach((reason, count) -> out().printf(", %s %,d", reason, count));
    out().println(".");
    out().flush();
  }

  private static Path beside(Path root, String suffix) {
    return root.resolveSibling(root.getFileName() + suffix);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
