package io.ocellus.cli.data.inspect;

import io.ocellus.cli.data.Split;
import io.ocellus.image.BadImageException;
import java.io.IOException;
import java.util.Optional;

/**
 * An image of a data set that nobody has looked at yet.
 *
 * @param id what it is called in the data set
 * @param label its class; empty where it has none
 * @param group what must not be divided between the parts, such as a patient
 * @param part where the data set says so
 * @param flaw what is wrong with it already
 * @param encoded its bytes
 */
record Candidate(
    String id,
    String label,
    Optional<String> group,
    Optional<Split> part,
    Optional<Flaw> flaw,
    Encoded encoded) {

  /** Gets the bytes; may take a while. */
  interface Encoded {
    byte[] read() throws IOException, BadImageException;
  }

  FoundImage flawed(Flaw found, long bytes) {
    return new FoundImage(
        id, label, group, part, bytes, "", Optional.empty(), Optional.of(flaw.orElse(found)));
  }
}
