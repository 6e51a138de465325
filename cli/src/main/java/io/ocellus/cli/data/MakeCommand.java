package io.ocellus.cli.data;

import io.ocellus.testbed.SyntheticImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ocellus data make}: a folder of made-up images, to try things out with. */
@Command(
    name = "make",
    description = {
      "Writes made-up images into one folder per class.",
      "",
      "A cross, a ring, a square or a triangle, noisy and badly lit: what the demo learns. The same"
          + " options always make the same images."
    },
    footer = {
      "  ocellus data make shapes/ && ocellus train shapes/ --out model/ --size 32",
      "  ocellus data make more/ --from 150 && ocellus ingest more/"
    })
final class MakeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private MadeUpImages made;

  @Parameters(paramLabel = "DIR", description = "The folder; made where it is missing.")
  private Path folder;

  @Option(
      names = "--per-class",
      defaultValue = "150",
      paramLabel = "N",
      description = "Images of each class; ${DEFAULT-VALUE} unless said.")
  private int perClass;

  @Option(
      names = "--from",
      defaultValue = "0",
      paramLabel = "N",
      description = "Number of the first, so that others come beside earlier ones.")
  private int from;

  @Override
  public Integer call() throws IOException {
    SyntheticImages images = made.images();
    for (String label : images.classes()) {
      Path files = Files.createDirectories(folder.resolve(label));
      for (int index = from; index < from + perClass; index++) {
        Files.write(files.resolve("%s-%05d.png".formatted(label, index)), images.png(label, index));
      }
    }
    spec.commandLine()
        .getOut()
        .printf("Made %,d images in %s.%n", images.classes().size() * perClass, folder);
    return 0;
  }
}
