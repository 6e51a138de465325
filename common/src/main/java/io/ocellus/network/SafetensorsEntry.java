package io.ocellus.network;

/**
 * One tensor of a safetensors file.
 *
 * @param name its state dict name
 * @param type of its values
 * @param shape the extent of each dimension
 * @param begin where its bytes begin, after the header
 * @param length how many there are
 */
@SuppressWarnings("ArrayRecordComponent")
record SafetensorsEntry(String name, ElementType type, long[] shape, long begin, long length) {}
