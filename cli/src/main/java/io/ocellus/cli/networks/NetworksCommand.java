package io.ocellus.cli.networks;

import io.ocellus.cli.text.TextTable;
import io.ocellus.network.Networks;
import io.ocellus.service.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ocellus networks}: the catalogue of networks. */
@Command(
    name = "networks",
    description = {
      "Lists the networks that can be trained by their papers, with what each costs.",
      "",
      "Size and classes are those that it was published for; multiply-adds are for one image of"
          + " that size, and the deploy size is that of model.pt."
    },
    subcommands = ShowNetworkCommand.class,
    footer = {"  ocellus networks", "  ocellus networks show se-densenet-121 --size 192"})
public final class NetworksCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "As JSON, sizes in bytes.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    List<NetworkCost> networks = Networks.names().stream().map(NetworkCost::of).toList();
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        json
            ? Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(networks)
            : table(networks));
    return 0;
  }

  /** By paper, in the order of each paper's first network in the catalogue. */
  private static TextTable table(List<NetworkCost> networks) {
    TextTable table =
        new TextTable(
            List.of("NETWORK", "SIZE", "CLASSES", "PARAMETERS", "MULTIPLY-ADDS", "DEPLOY"));
    networks.stream()
        .collect(Collectors.groupingBy(NetworkCost::paper, LinkedHashMap::new, Collectors.toList()))
        .forEach(
            (paper, family) -> {
              table.line("");
              table.line(paper);
              family.forEach(network -> table.row(row(network)));
            });
    return table;
  }

  private static List<String> row(NetworkCost network) {
    return List.of(
        "  " + network.name(),
        Integer.toString(network.size()),
        Counts.of(network.classes(), 7),
        Counts.of(network.parameters(), 11),
        Counts.of(network.multiplyAdds(), 14),
        Counts.mebibytes(network.deployBytes()));
  }
}
