package io.ocellus.trainer.training;

/** Whether a run is saved after every epoch, to go on from there when it is cut off. */
public enum EpochSaving {
  NEVER,
  /** A save that fails is an error in the log, and training goes on. */
  IF_POSSIBLE,
  /** A save that fails ends the run. */
  REQUIRED
}
