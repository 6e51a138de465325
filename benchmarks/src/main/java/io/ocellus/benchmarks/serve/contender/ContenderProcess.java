package io.ocellus.benchmarks.serve.contender;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The process of one contender. It answers the lines of its standard input and ends with them.
 *
 * <p>Arguments: a {@link ContenderKind}, a {@link Task}.
 */
public final class ContenderProcess {
  private ContenderProcess() {}

  public static void main(String[] arguments) throws IOException {
    ContenderKind kind = ContenderKind.valueOf(arguments[0]);
    try (BufferedReader lines =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Contender contender = kind.start(Task.of(arguments[1]))) {
      System.out.println("runtime " + contender.runtime());
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        System.out.println("answer " + contender.answer(line));
      }
    }
    // A stream or a consumer that does not stop is nobody's concern any more.
    System.exit(0);
  }
}
