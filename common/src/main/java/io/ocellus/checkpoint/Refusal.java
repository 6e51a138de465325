package io.ocellus.checkpoint;

import java.util.Locale;

/**
 * A checkpoint that must not serve, and why.
 *
 * @param model of the checkpoint
 * @param version of the checkpoint
 * @param reason for counting
 * @param message for people
 */
public record Refusal(String model, int version, Reason reason, String message) {
  /** What can be wrong with a checkpoint; the {@code reason} tag of the metric. */
  public enum Reason {
    /** A file came with chunks missing or out of order. */
    MISSING_CHUNK,
    /** A file is shorter or longer than the manifest says. */
    WRONG_SIZE,
    /** A file, or the manifest itself, does not have the hash that was promised. */
    WRONG_HASH,
    /** The manifest is not JSON, or does not say what it must. */
    BAD_MANIFEST,
    /** A signature is demanded, and there is none. */
    UNSIGNED,
    /** It is signed by a key that is not among the trusted ones. */
    UNTRUSTED_SIGNER,
    /** It names a trusted key, and what it holds is not what that key signed. */
    WRONG_SIGNATURE,
    /** A newer version serves and is still in the topic. */
    OLDER_VERSION,
    /** Nobody trusted has signed it, and its graph is not one that this product writes. */
    FOREIGN_GRAPH,
    /** The files are what the manifest promises, yet no network could be loaded from them. */
    LOAD_FAILED,
    /** The network was loaded, but failed on its first batch. */
    WARM_UP_FAILED;

    /** The value of metric tags: lower case, words joined by hyphens. */
    public String tag() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  @Override
  public String toString() {
    return "Version %d of model %s is refused (%s): %s"
        .formatted(version, model, reason.tag(), message);
  }
}
