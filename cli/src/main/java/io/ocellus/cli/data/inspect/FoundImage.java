package io.ocellus.cli.data.inspect;

import io.ocellus.cli.data.Split;
import io.ocellus.image.PixelContent;
import java.util.Optional;

/**
 * What is known of an image after it was decoded; a few hundred bytes, whatever its size.
 *
 * @param id what it is called in the data set: the path of a file, the key of a record
 * @param label its class; empty where it has none
 * @param group what must not be divided between the parts, such as a patient
 * @param part where the data set says so
 * @param bytes of the encoded image
 * @param fileHash of the encoded image; empty for an unreadable one
 * @param content what it shows; empty for an unreadable one
 * @param flaw why it cannot be used
 */
public record FoundImage(
    String id,
    String label,
    Optional<String> group,
    Optional<Split> part,
    long bytes,
    String fileHash,
    Optional<PixelContent> content,
    Optional<Flaw> flaw) {

  /** Whether it can be trained on. */
  public boolean usable() {
    return flaw.isEmpty();
  }
}
