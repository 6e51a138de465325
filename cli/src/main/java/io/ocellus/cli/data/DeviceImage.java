package io.ocellus.cli.data;

import java.util.Optional;

/**
 * What a simulated device sees.
 *
 * @param bytes encoded, or broken on purpose
 * @param label what it shows, where that is known; it is not sent
 */
@SuppressWarnings("ArrayRecordComponent")
public record DeviceImage(byte[] bytes, Optional<String> label) {}
