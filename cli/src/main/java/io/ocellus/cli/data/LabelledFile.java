package io.ocellus.cli.data;

import java.nio.file.Path;
import java.util.Optional;

/**
 * An image file and what its place and name say of it.
 *
 * @param id its path below the data set's folder, with slashes on every system
 * @param path where it is
 * @param label the name of its class folder
 * @param group what must not be divided between training and test, such as a patient
 * @param split the part of the data set it lies in, where there are parts
 */
public record LabelledFile(
    String id, Path path, String label, Optional<String> group, Optional<Split> split) {}
