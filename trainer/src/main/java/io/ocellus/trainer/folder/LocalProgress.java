package io.ocellus.trainer.folder;

import io.ocellus.trainer.training.Progress;
import java.util.List;

/** Hears how a run on files gets on. */
public interface LocalProgress extends Progress {
  /** Another image was decoded; on several threads. */
  void decoded();

  /** Every image has its part. */
  void divided(Division division, List<LeftOut> unreadable);

  /** Where the weights start, in words. */
  void starts(String account);
}
