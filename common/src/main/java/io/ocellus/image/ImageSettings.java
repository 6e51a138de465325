package io.ocellus.image;

import io.ocellus.config.Setting;
import java.time.Duration;
import java.util.List;

/** What is accepted as an image. */
public record ImageSettings(
    @Setting(
            byDefault = "20_000_000",
            min = "1",
            max = "1_000_000_000",
            help = "Largest encoded image, in bytes.")
        long maxBytes,
    @Setting(
            byDefault = "50_000_000",
            min = "1",
            max = "500_000_000",
            help = "Largest image in pixels, as its header announces, before anything is decoded.")
        long maxPixels,
    @Setting(
            byDefault = "2s",
            min = "10ms",
            max = "1h",
            help =
                "CPU time that decoding one image of `image.max-pixels` may take; a smaller one has half of it and a share of the rest. What takes longer is a dead letter. Raise it on slow processors.")
        Duration maxDecodeTime,
    @Setting(
            byDefault = "",
            help =
                "URI prefixes under which `ce_dataref` may point, such as `file:///mnt/images/` or"
                    + " `https://pacs.example/`; with none, every reference is refused.")
        List<String> references,
    @Setting(
            byDefault = "20s",
            min = "100ms",
            max = "1h",
            help =
                "How long a reference is tried, with growing pauses, while its server or disk does not"
                    + " answer; then the image is given up.")
        Duration referencePatience) {
  public ImageSettings {
    references = List.copyOf(references);
  }

  /** The bounds on one image. */
  public ImageLimits limits() {
    return new ImageLimits(maxBytes, maxPixels, maxDecodeTime);
  }
}
