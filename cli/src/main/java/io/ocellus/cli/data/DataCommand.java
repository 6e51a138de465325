package io.ocellus.cli.data;

import io.ocellus.cli.data.clean.CleanCommand;
import io.ocellus.cli.data.fetch.FetchCommand;
import io.ocellus.cli.data.inspect.InspectCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ocellus data}: what one does with a data set before training on it. */
@Command(
    name = "data",
    description = "Inspects, cleans, fetches and makes up data sets.",
    subcommands = {InspectCommand.class, CleanCommand.class, FetchCommand.class, MakeCommand.class},
    footer = {
      "  ocellus data inspect photos/",
      "  ocellus data clean photos/ --min-side 64",
      "  ocellus data fetch pneumoniamnist",
      "  ocellus data make shapes/"
    })
public final class DataCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which of inspect, clean, fetch, make?");
  }
}
