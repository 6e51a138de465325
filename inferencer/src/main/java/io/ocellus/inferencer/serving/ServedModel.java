package io.ocellus.inferencer.serving;

import io.ocellus.checkpoint.Manifest;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A version in memory, counted by who uses it: the place that it serves from, and each image that
 * was prepared for it. The last to let go frees it, so that a replaced version goes when its last
 * batch is done.
 */
public final class ServedModel {
  private final Manifest manifest;
  private final LoadedNetwork network;
  private final Runnable freed;
  private final AtomicInteger users = new AtomicInteger(1);

  /**
   * The caller is its first user.
   *
   * @param freed told once, after its memory is
   */
  public ServedModel(Manifest manifest, LoadedNetwork network, Runnable freed) {
    this.manifest = manifest;
    this.network = network;
    this.freed = freed;
  }

  public Manifest manifest() {
    return manifest;
  }

  /** Width and height of its input. */
  public int size() {
    return manifest.preprocessing().size();
  }

  /** What runs it, with its version. */
  public String engine() {
    return network.engine();
  }

  /** Images that it takes together, at most. */
  public int atATime() {
    return network.atATime();
  }

  /** Whether its passes run side by side, each as fast as alone. */
  public boolean sideBySide() {
    return network.sideBySide();
  }

  /** One forward pass; see {@link LoadedNetwork#logits}. */
  public float[][] logits(List<byte[]> images) {
    return network.logits(images);
  }

  /** Whether it works at all: one forward pass over a black image succeeds. */
  public boolean works() {
    try {
      network.logits(List.of(new byte[3 * size() * size()]));
      return true;
    } catch (RuntimeException | Error e) {
      return false;
    }
  }

  /** Becomes another user; false where it is freed already. */
  boolean acquire() {
    return users.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
  }

  /** Stops using it; once per acquisition. */
  public void release() {
    if (users.decrementAndGet() == 0) {
      network.close();
      freed.run();
    }
  }
}
