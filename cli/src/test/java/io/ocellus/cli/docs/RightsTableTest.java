package io.ocellus.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocellus.cli.topics.Rights;
import io.ocellus.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of rights in {@code docs/security.md} is the one that the code declares. */
class RightsTableTest {
  private static final Path PAGE = Path.of("..", "docs", "security.md");
  private static final String HEADING = "| who | may | on | for |\n|---|---|---|---|\n";

  @Test
  void isWhatTheCodeDeclares() throws IOException {
    String table =
        Rights.of(new Topics("ocellus"), "ocellus-inferencer-ocellus-default", "default").stream()
            .map(
                right ->
                    "| %s | %s | %s | %s |\n"
                        .formatted(
                            right.role().word(),
                            right.may(),
                            right.on().replaceFirst(" (\\S+)$", " `$1`"),
                            right.reason()))
            .collect(Collectors.joining("", HEADING, ""));
    if (Boolean.getBoolean("ocellus.docs.write")) {
      String page = Files.readString(PAGE);
      int from = page.indexOf(HEADING);
      String after = page.substring(page.indexOf("\n\n", from) + 1);
      Files.writeString(PAGE, page.substring(0, from) + table + after);
    }

    assertThat(Files.readString(PAGE)).contains(table + "\n");
  }
}
