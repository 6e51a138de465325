package io.ocellus.checkpoint;

/** A checkpoint is not what it should be; thrown where the caller asked for that very one. */
public final class RefusedCheckpointException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  public RefusedCheckpointException(Refusal refusal) {
    super(refusal.toString());
    this.refusal = refusal;
  }

  /** What is wrong with it. */
  public Refusal refusal() {
    return refusal;
  }
}
