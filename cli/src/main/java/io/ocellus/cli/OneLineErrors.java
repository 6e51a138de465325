package io.ocellus.cli;

import java.io.PrintWriter;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong in one line; the stack trace is for those who ask. */
final class OneLineErrors implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private final BooleanSupplier verbose;

  OneLineErrors(BooleanSupplier verbose) {
    this.verbose = verbose;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    print(command, message(failure));
    if (verbose.getAsBoolean()) {
      failure.printStackTrace(command.getErr());
    }
    return command.getCommandSpec().exitCodeOnExecutionException();
  }

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    print(command, failure.getMessage());
    UnmatchedArgumentException.printSuggestions(failure, err);
    err.printf("Try '%s --help'.%n", command.getCommandSpec().qualifiedName());
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static void print(CommandLine command, String message) {
    ColorScheme colours = command.getColorScheme();
    command.getErr().println(colours.errorText("ocellus: " + message));
  }

  /** The messages of a failure and of what caused it, each said once. */
  static String message(Throwable failure) {
    StringBuilder message = new StringBuilder(describe(failure));
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      String description = describe(cause);
      if (message.indexOf(description) < 0) {
        message.append(": ").append(description);
      }
    }
    return message.toString().replaceAll("\\s*\\R\\s*", " ");
  }

  private static String describe(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
  }
}
