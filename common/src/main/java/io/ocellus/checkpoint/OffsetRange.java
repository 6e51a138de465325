package io.ocellus.checkpoint;

import io.ocellus.service.Required;

/**
 * A stretch of a partition that a training run had read.
 *
 * @param topic its topic
 * @param partition its partition
 * @param from the first offset
 * @param to one past the last offset
 */
public record OffsetRange(
    @Required String topic, @Required int partition, @Required long from, @Required long to) {}
