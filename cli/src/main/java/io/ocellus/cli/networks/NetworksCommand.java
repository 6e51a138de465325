package io.ocellus.cli.networks;

import io.ocellus.cli.text.TextTable;
import io.ocellus.network.Network;
import io.ocellus.network.NetworkSpec;
import io.ocellus.network.Networks;
import io.ocellus.network.backbone.Origin;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ocellus networks}: the catalogue of networks. */
@Command(
    name = "networks",
    description = {
      "Lists the networks that can be trained, with what each costs.",
      "",
      "Size and classes are those that it was published for; multiply-adds are for one image of"
          + " that size, and the deploy size is that of model.pt."
    },
    subcommands = ShowNetworkCommand.class,
    footer = {"  ocellus networks", "  ocellus networks show se-densenet-121 --size 192"})
public final class NetworksCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    TextTable table =
        new TextTable(
            List.of(
                "NETWORK", "SIZE", "CLASSES", "PARAMETERS", "MULTIPLY-ADDS", "DEPLOY", "PAPER"));
    Networks.names().forEach(name -> table.row(row(name)));
    spec.commandLine().getOut().println(table);
    return 0;
  }

  private static List<String> row(String name) {
    Origin origin = Networks.origin(name, Map.of());
    Network network = Networks.create(new NetworkSpec(name, origin.classes()));
    return List.of(
        name,
        Integer.toString(origin.size()),
        Counts.of(origin.classes(), 7),
        Counts.of(network.parameters(), 11),
        Counts.of(network.summary(origin.size()).multiplyAdds(), 14),
        Counts.mebibytes(network.deployBytes()),
        origin.paper());
  }
}
