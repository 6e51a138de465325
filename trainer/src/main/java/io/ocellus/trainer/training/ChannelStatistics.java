package io.ocellus.trainer.training;

import io.ocellus.network.Normalization;
import io.ocellus.trainer.data.PixelSource;
import io.ocellus.trainer.data.Sample;
import java.util.ArrayList;
import java.util.List;

/** Mean and standard deviation of each channel over the pixels of some images, in [0,1]. */
public final class ChannelStatistics {
  private static final double LEAST_STD = 1.0 / 255;

  private final long[] sums = new long[3];
  private final long[] squares = new long[3];
  private long pixels;

  /** Of those images, as the normalisation that centres and scales them. */
  public static Normalization of(List<Sample> samples, PixelSource source) {
    ChannelStatistics statistics = new ChannelStatistics();
    samples.forEach(sample -> source.pixels(sample.id()).ifPresent(statistics::add));
    return statistics.normalization();
  }

  private void add(byte[] image) {
    int plane = image.length / 3;
    for (int channel = 0; channel < 3; channel++) {
      for (int i = channel * plane; i < (channel + 1) * plane; i++) {
        int level = image[i] & 0xff;
        sums[channel] += level;
        squares[channel] += (long) level * level;
      }
    }
    pixels += plane;
  }

  private Normalization normalization() {
    List<Float> means = new ArrayList<>();
    List<Float> deviations = new ArrayList<>();
    for (int channel = 0; channel < 3; channel++) {
      double mean = (double) sums[channel] / pixels / 255;
      double meanSquare = (double) squares[channel] / pixels / (255 * 255);
      means.add((float) mean);
      deviations.add((float) Math.max(LEAST_STD, Math.sqrt(meanSquare - mean * mean)));
    }
    return new Normalization(means, deviations);
  }
}
