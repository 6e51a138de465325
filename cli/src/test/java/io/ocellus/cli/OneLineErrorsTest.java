package io.ocellus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class OneLineErrorsTest {
  @Command(name = "failing")
  static final class Failing implements Callable<Integer> {
    @Override
    public Integer call() {
      throw new UncheckedIOException("No such\nbroker", new IOException("refused"));
    }
  }

  private static String run(boolean verbose) {
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(new Failing())
            .setErr(new PrintWriter(err))
            .setExecutionExceptionHandler(new OneLineErrors(() -> verbose))
            .execute();
    assertThat(code).isEqualTo(1);
    return err.toString();
  }

  @Test
  void aFailureIsOneLineWithItsCause() {
    assertThat(run(false)).isEqualToIgnoringNewLines("ocellus: No such broker: refused");
  }

  @Test
  void theStackTraceIsForThoseWhoAsk() {
    assertThat(run(true)).startsWith("ocellus: No such broker: refused").contains("\tat ");
  }

  @Test
  void aMessageThatRepeatsItsCauseSaysItOnce() {
    assertThat(OneLineErrors.message(new RuntimeException("a: b", new IOException("b"))))
        .isEqualTo("a: b");
  }

  @Test
  void aFailureWithoutMessageIsNamed() {
    assertThat(OneLineErrors.message(new IllegalStateException()))
        .isEqualTo("IllegalStateException");
  }
}
