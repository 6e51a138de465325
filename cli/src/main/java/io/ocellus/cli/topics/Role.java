package io.ocellus.cli.topics;

import java.util.Locale;

/** Who comes to Kafka, each with rights of its own. */
public enum Role {
  INFERENCER,
  TRAINER,
  /** What sends images. */
  DEVICES,
  /** Who sends labelled images. */
  LABELLERS,
  /** Who reads results. */
  READERS,
  /** What scales the inferencers by the lag of their consumer group. */
  AUTOSCALER;

  /** As it is written, and as its user is called where nothing else is said. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
