package io.ocellus.checkpoint;

import io.ocellus.service.Required;

/**
 * One file of a checkpoint, as its manifest promises it.
 *
 * @param name such as {@code model.pt}
 * @param size in bytes
 * @param sha256 of the whole file, lower-case hexadecimal
 * @param chunks how many records carry it
 */
public record FileEntry(
    @Required String name, @Required long size, @Required String sha256, @Required int chunks) {
  /** Whether both are the same file, in however many records. */
  boolean isSameFileAs(FileEntry other) {
    return name.equals(other.name) && size == other.size && sha256.equals(other.sha256);
  }
}
