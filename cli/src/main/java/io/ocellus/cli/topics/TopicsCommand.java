package io.ocellus.cli.topics;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ocellus topics}: the topics that the services share. */
@Command(
    name = "topics",
    description =
        "Creates the topics that the services share, checks those that exist, grants rights on them.",
    subcommands = {CreateTopicsCommand.class, CheckTopicsCommand.class, AclsCommand.class},
    footer = {
      "  ocellus topics create --partitions 12",
      "  ocellus topics check -b kafka:9092",
      "  ocellus topics acls"
    })
public final class TopicsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which of create, check, acls?");
  }
}
