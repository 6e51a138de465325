package io.ocellus.trainer.data;

import io.ocellus.checkpoint.OffsetRange;
import java.util.List;
import java.util.Map;

/**
 * The labelled images at one moment.
 *
 * @param entries by image id
 * @param ranges the records that they come from
 * @param pins groups put on a side that the hash alone would not have chosen
 * @param changes how many changes the store had seen; for {@link ImageStore#markRun}
 */
public record Snapshot(
    Map<String, ImageEntry> entries,
    List<OffsetRange> ranges,
    Map<String, Side> pins,
    long changes) {}
