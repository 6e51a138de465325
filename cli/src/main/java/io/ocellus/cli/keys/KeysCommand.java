package io.ocellus.cli.keys;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ocellus keys}: what checkpoints are signed with. */
@Command(
    name = "keys",
    description = "Makes the keys that checkpoints are signed and verified with.",
    subcommands = GenerateKeysCommand.class,
    footer = "  ocellus keys generate trainer")
public final class KeysCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "What about keys? generate is what there is.");
  }
}
