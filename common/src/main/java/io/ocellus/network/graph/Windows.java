package io.ocellus.network.graph;

/** How many windows of a pool lie along one side of a map, as PyTorch counts them. */
final class Windows {
  private Windows() {}

  static long count(long in, int kernel, int stride, int padding, boolean ceil) {
    long way = in + 2L * padding - kernel;
    long count = Math.floorDiv(way + (ceil ? stride - 1 : 0), (long) stride) + 1;
    boolean beginsBeyond = ceil && (count - 1) * stride >= in + padding;
    return Math.max(0, beginsBeyond ? count - 1 : count);
  }
}
