package io.ocellus.cli.data.inspect;

import io.ocellus.cli.data.Bars;
import io.ocellus.cli.data.ImageFolder;
import io.ocellus.cli.data.LabelledFile;
import io.ocellus.image.ImageLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import me.tongfei.progressbar.ProgressBar;

/** Looks at all images of a folder. */
public final class FolderSurvey {
  private FolderSurvey() {}

  /**
   * In the order of their ids, which are paths below the folder; with a bar on stderr.
   *
   * @param remarks is told what was passed over, a line each
   */
  public static List<FoundImage> of(
      Path root, Optional<Pattern> groupRegex, ImageLimits limits, Consumer<String> remarks) {
    ImageFolder folder = ImageFolder.all(root, groupRegex);
    folder.remarks().forEach(remarks);
    List<LabelledFile> files = folder.files();
    List<FoundImage> found = Collections.synchronizedList(new ArrayList<>(files.size()));
    try (Examiner examiner = new Examiner(limits);
        ProgressBar bar = Bars.images("Inspecting", files.size())) {
      for (LabelledFile file : files) {
        examiner.examine(
            candidate(file, limits.maxBytes()),
            image -> {
              found.add(image);
              bar.step();
            });
      }
      examiner.finish();
    }
    List<FoundImage> ordered = new ArrayList<>(found);
    ordered.sort(Comparator.comparing(FoundImage::id));
    return ordered;
  }

  private static Candidate candidate(LabelledFile file, long maxBytes) {
    return new Candidate(
        file.id(),
        file.label(),
        file.group(),
        file.split(),
        Optional.empty(),
        () -> read(file.path(), maxBytes));
  }

  private static byte[] read(Path path, long maxBytes) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes((int) Math.min(maxBytes + 1, Integer.MAX_VALUE));
    }
  }
}
