package io.ocellus.cli.data;

import java.time.Instant;

/**
 * An image on its way from a simulated device.
 *
 * @param id its {@code ce_id}, by which its result is found
 * @param device its key
 * @param time its {@code ce_time}
 * @param image what was sent
 */
public record SentImage(String id, String device, Instant time, DeviceImage image) {}
