package io.ocellus.cli.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocellus.cli.Ocellus;
import io.ocellus.testbed.Broker;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TopicsCommandIT {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void checkFailsUntilCreateHasMadeWhatIsMissing() {
    try (Broker kafka = Broker.start()) {
      String at = kafka.bootstrapServers();
      assertThat(run("check", "-b", at)).isOne();
      assertThat(lines()).hasSize(6).contains("Topic ocellus.images is missing.");

      assertThat(run("create", "-b", at, "--partitions", "2")).isZero();
      assertThat(lines()).hasSize(6).contains("created ocellus.images");

      assertThat(run("check", "-b", at, "--partitions", "2")).isZero();
      assertThat(lines()).containsExactly("All 6 topics are as they should be.");

      assertThat(run("check", "-b", at, "--partitions", "3")).isOne();
      assertThat(lines())
          .contains(
              "Topic ocellus.images has 2 partitions, fewer than the 3 of topics.partitions.");
    }
  }

  @Test
  void saysInOneLineThatKafkaCannotBeReached() {
    int code =
        run(
            "check",
            "-b",
            "127.0.0.1:1",
            "--kafka",
            "default.api.timeout.ms=500",
            "--kafka",
            "request.timeout.ms=400");

    assertThat(code).isOne();
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains("Kafka at 127.0.0.1:1 did not list its topics");
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    return Ocellus.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(Stream.concat(Stream.of("topics"), Stream.of(arguments)).toArray(String[]::new));
  }

  private Stream<String> lines() {
    return out.toString().lines();
  }
}
