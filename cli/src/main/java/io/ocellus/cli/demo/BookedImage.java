package io.ocellus.cli.demo;

import java.time.Instant;
import java.util.Optional;

/**
 * An image on its way.
 *
 * @param id of its event
 * @param device that sent it
 * @param truth its label, which the stream does not tell; nothing for what is no image
 * @param at when it was handed to the producer
 */
record BookedImage(String id, String device, Optional<String> truth, Instant at) {}
