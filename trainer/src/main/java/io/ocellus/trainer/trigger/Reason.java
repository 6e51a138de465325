package io.ocellus.trainer.trigger;

import java.util.Locale;

/** Why a run starts; goes into the manifest. */
public enum Reason {
  ON_START,
  NEW_LABELS,
  INTERVAL,
  REQUEST,
  /** An earlier run was cut off. */
  INTERRUPTED;

  /** As it is written in manifests and events: lower case, words joined by hyphens. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
