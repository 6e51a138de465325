package io.ocellus.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Fails where a page lags behind the code that it is made from. {@code ./mvnw verify
 * -Docellus.docs.write=true} writes them anew.
 */
class ReferencePageTest {
  private static final Path DOCS = Path.of("..", "docs");

  @ParameterizedTest
  @EnumSource
  void saysWhatTheCodeDeclares(ReferencePage page) throws IOException {
    Path file = DOCS.resolve(page.file());
    if (Boolean.getBoolean("ocellus.docs.write")) {
      Files.writeString(file, page.text());
    }

    assertThat(Files.readString(file))
        .as("%s is stale: run ./mvnw verify -Docellus.docs.write=true and commit it", file)
        .isEqualTo(page.text());
  }
}
