package io.ocellus.cli.demo;

import java.time.Duration;

/**
 * A version that began to serve.
 *
 * @param testAccuracy on the trainer's held-out images
 * @param sincePublication from publication to serving
 */
record ServingVersion(int version, double testAccuracy, Duration sincePublication) {}
