package io.ocellus.trainer.augment;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Changes brightness, contrast, saturation and hue in random order; torchvision's {@code
 * ColorJitter}.
 *
 * @param brightness factors are drawn from 1 less this to 1 plus this
 * @param contrast likewise
 * @param saturation likewise
 * @param hue shifts are drawn from minus this to this, in turns of the colour circle
 */
record ColorJitter(double brightness, double contrast, double saturation, double hue)
    implements PictureChange {
  static ColorJitter of(Parameters parameters) {
    double all = parameters.value(0.2, 0, 10);
    return new ColorJitter(
        parameters.number("brightness", all, 0, 10),
        parameters.number("contrast", all, 0, 10),
        parameters.number("saturation", all, 0, 10),
        parameters.number("hue", 0, 0, 0.5));
  }

  @Override
  public void change(Picture picture, SplittableRandom random) {
    double light = factor(brightness, random);
    double span = factor(contrast, random);
    double colour = factor(saturation, random);
    double shift = (2 * random.nextDouble() - 1) * hue;
    List<Consumer<Picture>> changes = new ArrayList<>();
    changes.add(p -> Colours.brightness(p, light));
    changes.add(p -> Colours.contrast(p, span));
    changes.add(p -> Colours.saturation(p, colour));
    if (hue > 0) {
      changes.add(p -> Hue.shift(p, shift));
    }
    while (!changes.isEmpty()) {
      changes.remove(random.nextInt(changes.size())).accept(picture);
    }
  }

  private static double factor(double range, SplittableRandom random) {
    double least = Math.max(0, 1 - range);
    return least + (1 + range - least) * random.nextDouble();
  }
}
