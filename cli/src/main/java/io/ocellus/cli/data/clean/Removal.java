package io.ocellus.cli.data.clean;

import java.nio.file.Path;

/**
 * A file that is to go, and why.
 *
 * @param id its path below the data set's folder, with slashes
 * @param file where it is
 * @param reason in a word, such as {@code short-side} or a failure's tag
 * @param detail what exactly
 */
record Removal(String id, Path file, String reason, String detail) {}
