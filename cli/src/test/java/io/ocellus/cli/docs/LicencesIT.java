package io.ocellus.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ocellus.service.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * Every library that is shipped has a licence that is allowed, as the bill of materials of the
 * build says. A library under several licences is used under the one that is allowed.
 */
class LicencesIT {
  private static final Path BILL = Path.of("target", "ocellus-sbom.json");

  /** The names of SPDX where the bill has them, else what a library's POM says. */
  private static final Set<String> ALLOWED =
      Set.of(
          "Apache-2.0",
          "MIT",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "BSD-4-Clause", // how the bill calls "The BSD License" of a POM
          "EPL-1.0",
          "EPL-2.0",
          "MPL-2.0",
          "Go License");

  @Test
  void everyLibraryHasALicenceThatIsAllowed() throws IOException {
    assumeThat(BILL).as("the bill of materials, which the phase package writes").exists();
    List<JsonNode> libraries =
        elements(Json.MAPPER.readTree(BILL.toFile()).required("components")).stream()
            .filter(library -> !library.path("group").asText().equals("io.ocellus"))
            .toList();

    assertThat(libraries)
        .isNotEmpty()
        .allSatisfy(
            library ->
                assertThat(licences(library))
                    .as("licences of %s %s", library.path("group"), library.path("name"))
                    .containsAnyElementsOf(ALLOWED));
  }

  private static List<String> licences(JsonNode library) {
    return elements(library.path("licenses")).stream()
        .map(
            choice ->
                choice.has("expression")
                    ? choice.get("expression").asText()
                    : choice.at("/license/id").asText(choice.at("/license/name").asText()))
        .toList();
  }

  private static List<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }
}
