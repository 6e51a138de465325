package io.ocellus.cli;

import io.ocellus.cli.data.DataCommand;
import io.ocellus.cli.data.DevicesCommand;
import io.ocellus.cli.data.IngestCommand;
import io.ocellus.cli.demo.DemoCommand;
import io.ocellus.cli.image.UnpackCommand;
import io.ocellus.cli.keys.KeysCommand;
import io.ocellus.cli.local.EvalCommand;
import io.ocellus.cli.local.PredictCommand;
import io.ocellus.cli.local.TrainCommand;
import io.ocellus.cli.models.ModelsCommand;
import io.ocellus.cli.networks.NetworksCommand;
import io.ocellus.cli.service.InferencerCommand;
import io.ocellus.cli.service.StopSignal;
import io.ocellus.cli.service.TemporaryFolder;
import io.ocellus.cli.service.TrainerCommand;
import io.ocellus.cli.topics.TopicsCommand;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The {@code ocellus} command. Every subcommand is listed here, in the order of the help; what is
 * said once for all of them (help, version, errors, exit codes) they inherit.
 */
@Command(
    name = "ocellus",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Classifies streams of images on Apache Kafka, and retrains while it does.",
    synopsisSubcommandLabel = "COMMAND",
    usageHelpAutoWidth = true,
    sortOptions = false,
    synopsisHeading = "Usage: ",
    descriptionHeading = "%n",
    parameterListHeading = "%nParameters:%n",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExample:%n",
    footer = {"  ocellus demo", "  ocellus help trainer"},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:failed; the reason is one line on stderr", "2:not understood"},
    subcommands = {
      DemoCommand.class,
      TrainCommand.class,
      EvalCommand.class,
      PredictCommand.class,
      TrainerCommand.class,
      InferencerCommand.class,
      IngestCommand.class,
      DevicesCommand.class,
      DataCommand.class,
      ModelsCommand.class,
      NetworksCommand.class,
      TopicsCommand.class,
      UnpackCommand.class,
      KeysCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Ocellus implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of an error.")
  private boolean verbose;

  private Ocellus() {}

  /** Runs one command and exits with its code. */
  public static void main(String... arguments) {
    // Some locales have digits and letters of their own, and machines read much of what is written.
    Locale.setDefault(Locale.ROOT);
    System.getProperties().putIfAbsent("java.awt.headless", "true");
    // DJL reports its use to its makers where it finds itself on EC2, for which it asks the
    // network.
    System.getProperties().putIfAbsent("OPT_OUT_TRACKING", "true");
    TemporaryFolder.take();
    System.exit(StopSignal.exitCode(commandLine().execute(arguments)));
  }

  /** The command line with all its subcommands; meant for one execution. */
  public static CommandLine commandLine() {
    Ocellus root = new Ocellus();
    OneLineErrors errors = new OneLineErrors(() -> root.verbose);
    return new CommandLine(root)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(errors)
        .setParameterExceptionHandler(errors);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }
}
