package io.ocellus.cli.demo;

import io.ocellus.testbed.SyntheticImages;
import io.ocellus.testbed.SyntheticImages.Broken;
import java.util.Locale;
import java.util.Optional;

/** What the devices send, in order: the data's images and, now and then, one that is broken. */
final class StreamPlan {
  private static final int BROKEN_EVERY = 40;

  private final DemoData data;
  private final SyntheticImages source = new SyntheticImages(32, 0);
  private int good;
  private int position;

  StreamPlan(DemoData data) {
    this.data = data;
  }

  /** The next image. */
  StreamImage next() {
    int index = position++;
    if (index % BROKEN_EVERY != BROKEN_EVERY / 2) {
      return data.stream(good++);
    }
    Broken kind = Broken.values()[index / BROKEN_EVERY % Broken.values().length];
    return new StreamImage(
        "broken-%s-%d".formatted(kind.name().toLowerCase(Locale.ROOT), index),
        Optional.empty(),
        () -> source.broken(kind));
  }
}
