package io.ocellus.cli.data;

import io.ocellus.cli.options.ServiceOptions;
import io.ocellus.cli.options.SharedSettings;
import io.ocellus.image.BadImageException;
import io.ocellus.image.ImageDecoder;
import io.ocellus.topic.BrokerReach;
import io.ocellus.topic.Topics;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ocellus ingest}: a folder of labelled images into the trainer's topic. */
@Command(
    name = "ingest",
    description = {
      "Sends a folder of labelled images to the trainer's topic.",
      "",
      "The folder holds one folder per class, named by its label; or train, val and test folders of"
          + " those. Images sent again under the same path replace the earlier ones."
    },
    footer = {
      "  ocellus ingest photos/",
      "  ocellus ingest scans/ --group-regex '^(patient[0-9]+)_' --dry-run"
    })
public final class IngestCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ServiceOptions options;
  @Mixin private GroupRegex groups;

  @Parameters(paramLabel = "DIR", description = "The folder.")
  private Path folder;

  @Option(
      names = "--parts",
      split = ",",
      paramLabel = "PART",
      description =
          "Which of train, val and test to send. Unless said, train and val, so that test stays"
              + " unseen; train and test where there is no val. The trainer measures on val or"
              + " test.")
  private List<Split> parts = List.of();

  @Option(names = "--dry-run", description = "Say what would be sent and send nothing.")
  private boolean dryRun;

  private final List<SkippedFile> skipped = new ArrayList<>();

  @Override
  public Integer call() {
    ImageFolder images = ImageFolder.read(folder, groups.pattern());
    List<LabelledFile> chosen = new PartChoice(parts).of(images);
    images.remarks().forEach(out()::println);
    describe(images, chosen);
    SharedSettings settings = options.shared();
    Topics topics = settings.topics().topics();
    if (!dryRun) {
      BrokerReach.watch(settings.kafka());
      EnsuredTopic.of(settings.kafka(), settings.topics(), topics.labelledImages());
      long sent = send(chosen, settings);
      out().printf("Sent %,d images to %s.%n", sent, topics.labelledImages());
    }
    skipped.forEach(file -> out().println(file.said()));
    return 0;
  }

  private long send(List<LabelledFile> chosen, SharedSettings settings) {
    ImageDecoder decoder = new ImageDecoder(settings.image().limits());
    String source = "/folders/" + folder.toAbsolutePath().normalize().getFileName();
    try (LabelledImageSender sender =
            new LabelledImageSender(settings.kafka(), settings.topics().topics(), source);
        ProgressBar bar = Bars.images("Sending", chosen.size())) {
      for (LabelledFile file : chosen) {
        byte[] bytes = ImageFiles.read(file.path());
        try {
          decoder.decode(bytes);
          sender.send(file.id(), file.label(), file.group(), file.split(), bytes);
        } catch (BadImageException e) {
          skipped.add(new SkippedFile(file.path(), e.getMessage()));
        }
        bar.step();
      }
      sender.flush();
      return sender.acknowledged();
    }
  }

  private void describe(ImageFolder images, List<LabelledFile> chosen) {
    Map<String, Long> labels =
        chosen.stream()
            .collect(
                Collectors.groupingBy(LabelledFile::label, TreeMap::new, Collectors.counting()));
    labels.forEach((label, count) -> out().printf("%,8d  %s%n", count, label));
    long groups = chosen.stream().flatMap(file -> file.group().stream()).distinct().count();
    if (groups > 0) {
      out().printf("%,8d  groups%n", groups);
    }
    int left = images.files().size() - chosen.size();
    if (left > 0) {
      out().printf("%,8d  left out; --parts chooses%n", left);
    }
    out().flush();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
