package io.ocellus.cli.demo;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * An image for the stream.
 *
 * @param id of its event
 * @param truth its label, for the accounts alone; nothing where it is broken on purpose
 * @param bytes encoded; read when it is sent
 */
record StreamImage(String id, Optional<String> truth, Supplier<byte[]> bytes) {}
