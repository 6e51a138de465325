package io.ocellus.checkpoint;

import io.ocellus.config.Setting;
import java.nio.file.Path;
import java.util.List;

/** Which checkpoints are taken. */
public record CheckpointSettings(
    @Setting(
            byDefault = "",
            help =
                "PEM files of Ed25519 public keys: versions that none of them has signed are refused. With none, a"
                    + " version need not be signed, as long as its graph is one that Ocellus writes.")
        List<Path> publicKeys) {
  public CheckpointSettings {
    publicKeys = List.copyOf(publicKeys);
  }

  /** Whose they are. */
  public Trust trust() {
    return Trust.in(publicKeys);
  }
}
