package io.ocellus.trainer.folder;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A labelled image on disk.
 *
 * @param id by which people know it, such as its path in the data set
 * @param path where it is
 * @param label its class
 * @param group what must not be divided between parts, such as a patient; itself where empty
 * @param part that it belongs to, where the data set says so
 */
public record ImageFile(
    String id, Path path, String label, Optional<String> group, Optional<Part> part) {
  /** The group, or the image itself where it has none. */
  String groupOrSelf() {
    return group.orElse(id);
  }
}
