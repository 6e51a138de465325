package io.ocellus.cli.data.inspect;

import io.ocellus.cli.data.DataSetException;
import io.ocellus.cli.data.GroupRegex;
import io.ocellus.cli.options.KafkaOptions;
import io.ocellus.cli.options.ServiceOptions;
import io.ocellus.cli.options.SharedSettings;
import io.ocellus.service.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ocellus data inspect}. */
@Command(
    name = "inspect",
    description = {
      "Looks at every image of a folder or of the trainer's topic.",
      "",
      "Shows sizes, classes, channel levels, unreadable images, copies and groups that straddle the"
          + " parts; changes nothing."
    },
    footer = {
      "  ocellus data inspect photos/",
      "  ocellus data inspect scans/ --group-regex '^(patient[0-9]+)_' --json scans.json",
      "  ocellus data inspect --topic -b kafka:9092"
    })
public final class InspectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ServiceOptions options;
  @Mixin private GroupRegex groups;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "One folder per class, or train, val and test folders of those.")
  private Optional<Path> folder = Optional.empty();

  @Option(names = "--topic", description = "Look at the trainer's topic instead.")
  private boolean topic;

  @Option(names = "--json", paramLabel = "FILE", description = "Write everything as JSON too.")
  private Optional<Path> json = Optional.empty();

  @ArgGroup private PageChoice page = new PageChoice();

  /** Where the page goes, if there is to be one. */
  static final class PageChoice {
    @Option(
        names = "--page",
        paramLabel = "FILE",
        description = "Where the page to open in a browser goes; inspection-NAME.html if not said.")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--no-page", description = "Write no page.")
    private boolean none;
  }

  @Override
  public Integer call() throws IOException {
    if (topic == folder.isPresent()) {
      throw new ParameterException(spec.commandLine(), "Either a folder or --topic, please.");
    }
    SharedSettings settings = options.shared();
    String source =
        folder.map(Path::toString).orElseGet(() -> settings.topics().topics().labelledImages());
    List<FoundImage> found =
        topic ? ofTopic(source, settings) : ofFolder(folder.orElseThrow(), settings);
    Inspection inspection = Inspection.of(source, found);
    PrintWriter out = spec.commandLine().getOut();
    out.print(InspectionText.of(inspection));
    out.println();
    if (json.isPresent()) {
      Json.MAPPER.writerWithDefaultPrettyPrinter().writeValue(json.get().toFile(), inspection);
      out.printf("JSON: %s%n", json.get().toAbsolutePath());
    }
    if (!page.none) {
      String name = name(source);
      Path file = page.file.orElseGet(() -> Path.of("inspection-%s.html".formatted(name)));
      Optional<Thumbnails> thumbnails =
          folder.map(root -> new Thumbnails(root, settings.image().limits()));
      InspectionPage.of(name, inspection, found, thumbnails).write(file);
      out.printf("Page: %s%n", file.toAbsolutePath());
    }
    out.flush();
    return 0;
  }

  private static String name(String source) {
    return Path.of(source).toAbsolutePath().normalize().getFileName().toString();
  }

  private List<FoundImage> ofFolder(Path root, SharedSettings settings) {
    return FolderSurvey.of(
        root, groups.pattern(), settings.image().limits(), spec.commandLine().getErr()::println);
  }

  private List<FoundImage> ofTopic(String name, SharedSettings settings) {
    if (groups.pattern().isPresent()) {
      throw new ParameterException(
          spec.commandLine(), "--group-regex is for files; records say their group themselves.");
    }
    List<FoundImage> found =
        TopicSurvey.of(KafkaOptions.impatient(settings.kafka()), name, settings.image());
    if (found.isEmpty()) {
      throw new DataSetException(name + " holds no images; 'ocellus ingest' sends some");
    }
    return found;
  }
}
