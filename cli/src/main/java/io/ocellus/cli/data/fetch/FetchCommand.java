package io.ocellus.cli.data.fetch;

import io.ocellus.cli.data.Bars;
import io.ocellus.cli.text.TextTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ocellus data fetch}. */
@Command(
    name = "fetch",
    description = {
      "Fetches a set of MedMNIST v2 into train, val and test folders of PNGs; lists them if none is"
          + " named.",
      "",
      "The file comes from Zenodo, its checksum is checked, and a download that broke off goes on"
          + " where it was. Proxies are taken from https_proxy."
    },
    footer = {
      "  ocellus data fetch",
      "  ocellus data fetch pneumoniamnist",
      "  ocellus data fetch dermamnist --size 64 --to skin/"
    })
public final class FetchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The set.")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      defaultValue = "28",
      description = "28, 64, 128 or 224; ${DEFAULT-VALUE} if not said.")
  private int size;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "A folder that is not there yet; NAME or NAME-PIXELS if not said.")
  private Optional<Path> folder = Optional.empty();

  @Option(
      names = "--npz",
      paramLabel = "FILE",
      description = "The set's .npz file if it is here already; nothing is fetched then.")
  private Optional<Path> npz = Optional.empty();

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = "Where fetched files stay; ~/.cache/ocellus if not said.")
  private Path cache = Path.of(System.getProperty("user.home"), ".cache", "ocellus");

  @Override
  public Integer call() throws IOException {
    if (name.isEmpty()) {
      out().println(list());
      return 0;
    }
    MedMnist set = MedMnist.named(name.get());
    Path target =
        folder
            .orElse(Path.of(set.file(size).replace(".npz", "").replace('_', '-')))
            .toAbsolutePath()
            .normalize();
    Fetch fetch = new Fetch(set, size, target);
    fetch.refuseToOverwrite();
    Path file = npz.isPresent() ? npz.get() : fetched(set);
    fetch.unpack(file);
    out()
        .printf(
            "%s: %,d images of %s. Licence: %s%n",
            target,
            set.images().values().stream().mapToInt(Integer::intValue).sum(),
            set.shows(),
            set.licence());
    return 0;
  }

  private Path fetched(MedMnist set) throws IOException {
    Path file = cache.resolve(set.file(size));
    Download download =
        new Download(set.uri(size), set.checksum(size), new Proxies(System.getenv()));
    try (ProgressBar bar = Bars.bytes("Fetching")) {
      download.to(file, bar);
    }
    return file;
  }

  private static TextTable list() {
    TextTable table =
        new TextTable(List.of("SET", "SHOWS", "CLASSES", "TRAIN", "VAL", "TEST", "LICENCE"));
    MedMnist.catalogue()
        .forEach(
            set ->
                table.row(
                    List.of(
                        set.name(),
                        set.shows(),
                        number(set.labels().size(), 7),
                        number(set.images().get("train"), 7),
                        number(set.images().get("val"), 6),
                        number(set.images().get("test"), 6),
                        set.licence())));
    return table;
  }

  private static String number(int number, int width) {
    return String.format(Locale.ROOT, "%," + width + "d", number);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
