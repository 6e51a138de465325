package io.ocellus.benchmarks.train;

/**
 * What one training step took.
 *
 * @param seconds of the clock
 * @param cpuSeconds of all its threads; a measure that a busy machine disturbs less
 */
record Step(double seconds, double cpuSeconds) {}
