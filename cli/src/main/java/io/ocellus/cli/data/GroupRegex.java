package io.ocellus.cli.data;

import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** How the name of a file says which group it is of. */
public final class GroupRegex {
  @Option(
      names = "--group-regex",
      paramLabel = "REGEX",
      description =
          "Finds in a file's name what must not be divided between training and test, such as the"
              + " patient: the first (...), or the whole match.")
  private Optional<Pattern> pattern = Optional.empty();

  /** The expression, if one was given. */
  public Optional<Pattern> pattern() {
    return pattern;
  }
}
