package io.ocellus.benchmarks.serve;

import io.ocellus.benchmarks.serve.contender.ContenderKind;

/** A contender as the contest sees it: it is given images and timed. */
interface Entrant extends AutoCloseable {
  ContenderKind kind();

  /** What computes, with its version. */
  String runtime();

  /** The most memory of its processes that was resident, in bytes; 0 where nobody knows. */
  long peakBytes();

  /** Works off so many images. */
  Turn backlog(Arrival arrival, int round, int images);

  /** So many images, each on its own. */
  Turn lone(int round, int images);

  /** So many images, evenly. */
  Turn steady(Arrival arrival, int round, int images, double imagesPerSecond);

  @Override
  void close();
}
