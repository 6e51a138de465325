package io.ocellus.checkpoint;

/**
 * A stretch of a partition that a training run had read.
 *
 * @param topic its topic
 * @param partition its partition
 * @param from the first offset
 * @param to one past the last offset
 */
public record OffsetRange(String topic, int partition, long from, long to) {}
