package io.ocellus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class OcellusTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Ocellus.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  static Stream<List<String>> commands() {
    return below(Ocellus.commandLine(), List.of());
  }

  private static Stream<List<String>> below(CommandLine command, List<String> path) {
    Stream<List<String>> deeper =
        command.getSubcommands().entrySet().stream()
            .filter(e -> !e.getKey().equals("help"))
            .flatMap(
                e ->
                    below(
                        e.getValue(),
                        Stream.concat(path.stream(), Stream.of(e.getKey())).toList()));
    return Stream.concat(Stream.of(path), deeper);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void theHelpOfEveryCommandShowsAnExampleOfIt(List<String> command) {
    String name = String.join(" ", Stream.concat(Stream.of("ocellus"), command.stream()).toList());
    int code = run(Stream.concat(command.stream(), Stream.of("--help")).toArray(String[]::new));
    assertThat(code).isZero();
    assertThat(out.toString()).contains("Usage: " + name).contains("Example");
    assertThat(out.toString().split("Example", 2)[1]).contains(name + " ");
  }

  @Test
  void aMisspeltCommandIsAnsweredWithTheNearestOne() {
    assertThat(run("hepl")).isEqualTo(2);
    assertThat(err.toString()).contains("hepl").contains("Did you mean: ocellus help?");
  }

  @Test
  void noCommandIsAnsweredWithWhereToFindThem() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("Try 'ocellus --help'");
  }

  @Test
  void theVersionIsTheBuilds() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString())
        .matches(
            "(?s)ocellus \\d+\\.\\d+.* \\(commit (unknown|[0-9a-f]{12})\\)\\R"
                + "Java .*\\RPyTorch \\d.*\\RONNX Runtime \\d.*");
  }
}
