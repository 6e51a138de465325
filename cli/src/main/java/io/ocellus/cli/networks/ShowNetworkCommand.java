package io.ocellus.cli.networks;

import io.ocellus.cli.networks.picture.NetworkPicture;
import io.ocellus.cli.text.TextTable;
import io.ocellus.network.Network;
import io.ocellus.network.NetworkSpec;
import io.ocellus.network.Networks;
import io.ocellus.network.Summary;
import io.ocellus.network.backbone.Origin;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ocellus networks show}. */
@Command(
    name = "show",
    description = {
      "Shows the layers of a network: what each gives, learns and costs.",
      "",
      "With --picture also as a picture that a browser opens."
    },
    footer = {
      "  ocellus networks show se-densenet-121",
      "  ocellus networks show densenet-121 --picture densenet-121.svg",
      "  ocellus networks show densenet-121 --size 64 --classes 5 --option attention=se"
    })
final class ShowNetworkCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NETWORK", description = "A name that 'ocellus networks' lists.")
  private String name;

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      description = "Width and height of the images; as published if not said.")
  private Optional<Integer> size = Optional.empty();

  @Option(
      names = "--classes",
      paramLabel = "N",
      description = "How many classes; as published if not said.")
  private Optional<Integer> classes = Optional.empty();

  @Option(
      names = "--option",
      paramLabel = "NAME=VALUE",
      description = "Changes a parameter of the network, as network.options does.")
  private Map<String, String> options = new LinkedHashMap<>();

  @Option(
      names = "--picture",
      paramLabel = "FILE",
      description = "Writes the network as a picture (SVG) to that file.")
  private Optional<Path> picture = Optional.empty();

  @Option(
      names = "--depth",
      paramLabel = "N",
      description =
          "How far the picture opens submodules: those whose name has N words are one box; as far"
              + " as can be read if not said.")
  private Optional<Integer> depth = Optional.empty();

  @Override
  public Integer call() throws IOException {
    Origin origin = Networks.origin(name, options);
    NetworkSpec network = new NetworkSpec(name, classes.orElse(origin.classes()), options);
    int pixels = size.orElse(origin.size());
    Network created = Networks.create(network);
    print(created, pixels, origin);
    if (picture.isPresent()) {
      draw(created, pixels, picture.get());
    }
    return 0;
  }

  private void draw(Network network, int pixels, Path file) throws IOException {
    if (depth.isPresent() && depth.get() < 1) {
      throw new ParameterException(spec.commandLine(), "--depth must be at least 1.");
    }
    int boxes = NetworkPicture.write(network, pixels, depth, file);
    spec.commandLine()
        .getOut()
        .printf("picture        %s, %d boxes%n", file.toAbsolutePath(), boxes);
  }

  private void print(Network network, int pixels, Origin origin) {
    Summary summary = network.summary(pixels);
    TextTable table =
        new TextTable(List.of("LAYER", "OPERATION", "OUTPUT", "PARAMETERS", "MULTIPLY-ADDS"));
    summary.layers().forEach(layer -> table.row(row(layer)));
    PrintWriter out = spec.commandLine().getOut();
    out.println(table);
    out.println();
    out.printf("network        %s, %d classes%n", network.spec().name(), network.spec().classes());
    out.printf("paper          %s%n", origin.paper());
    out.printf("parameters     %s%n", Counts.of(summary.parameters(), 1));
    out.printf(
        "multiply-adds  %s for one image of %d x %d%n",
        Counts.of(summary.multiplyAdds(), 1), pixels, pixels);
    out.printf("deploy size    %s%n", Counts.mebibytes(network.deployBytes()).strip());
  }

  private static List<String> row(Summary.Layer layer) {
    return List.of(
        layer.name(),
        layer.operation(),
        layer.output(),
        Counts.of(layer.parameters(), 11),
        Counts.of(layer.multiplyAdds(), 14));
  }
}
