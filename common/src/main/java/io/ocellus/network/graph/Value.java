package io.ocellus.network.graph;

/**
 * An output inside a {@link GraphBuilder}.
 *
 * @param node the index of the node that gives it
 * @param channels the extent of its first dimension after the batch
 */
public record Value(int node, long channels) {}
