package io.ocellus.inferencer;

import io.ocellus.checkpoint.Manifest;
import io.ocellus.checkpoint.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What an inferencer said of versions, as it said it.
 *
 * @param served versions that served
 * @param refusals of others
 */
record HeardVersions(List<Integer> served, List<Refusal> refusals) implements InferencerListener {
  HeardVersions() {
    this(new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>());
  }

  @Override
  public void serving(Manifest manifest, Duration sincePublication) {
    served.add(manifest.version());
  }

  @Override
  public void refused(Refusal refusal) {
    refusals.add(refusal);
  }
}
