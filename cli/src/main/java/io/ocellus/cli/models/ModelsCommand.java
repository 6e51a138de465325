package io.ocellus.cli.models;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ocellus models}: what the checkpoint topic holds. */
@Command(
    name = "models",
    description = "Lists, shows, verifies, exports and publishes checkpoints.",
    subcommands = {
      ListModelsCommand.class,
      ShowModelCommand.class,
      VerifyModelCommand.class,
      ExportModelCommand.class,
      PublishModelCommand.class
    },
    footer = {
      "  ocellus models list",
      "  ocellus models show 3",
      "  ocellus models verify --all",
      "  ocellus models export newest --to birds/",
      "  ocellus models publish birds/"
    })
public final class ModelsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Which of list, show, verify, export, publish?");
  }
}
