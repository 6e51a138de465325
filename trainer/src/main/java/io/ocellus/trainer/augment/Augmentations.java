package io.ocellus.trainer.augment;

import io.ocellus.config.NearMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * What is done to training images, in the order of a configured list. A new augmentation is a class
 * that implements {@link PictureChange} or {@link BatchMix}, and a line in the catalogue here.
 */
public final class Augmentations {
  /** All that there are. */
  public static final List<AugmentationEntry> CATALOGUE =
      List.of(
          new AugmentationEntry(
              "horizontal-flip=0.5",
              "Mirrors left to right, with that probability.",
              HorizontalFlip::of),
          new AugmentationEntry(
              "vertical-flip=0.5",
              "Mirrors top to bottom, with that probability.",
              VerticalFlip::of),
          new AugmentationEntry(
              "random-crop=0.125",
              "Pads every side with black, by that share of the size, and cuts the size out at a random place.",
              RandomCrop::of),
          new AugmentationEntry(
              "random-resized-crop=0.08 to=1 ratio=1.3333",
              "Cuts out a part, from that share of the area `to` another, up to `ratio` times as wide as high or"
                  + " as high as wide, and enlarges it.",
              RandomResizedCrop::of),
          new AugmentationEntry(
              "rotation=15",
              "Turns by up to so many degrees either way; corners are black.",
              Rotation::of),
          new AugmentationEntry(
              "color-jitter=0.2 brightness=0.2 contrast=0.2 saturation=0.2 hue=0",
              "Changes colours in random order, each by a factor of up to that much more or less than one;"
                  + " the first number stands for the next three. `hue` turns the colour circle, by 0.5 at most.",
              ColorJitter::of),
          new AugmentationEntry(
              "rand-augment=2 magnitude=9",
              "So many operations drawn from RandAugment's fourteen (shear, shift, turn, colours, sharpness,"
                  + " posterise, solarise, equalise, …), of a strength from 0 to 30.",
              RandAugment::of),
          new AugmentationEntry(
              "random-erasing=0.5 from=0.02 to=0.33",
              "Erases a rectangle, with that probability, of an area `from` one share of the picture's `to` another.",
              RandomErasing::of),
          new AugmentationEntry(
              "mixup=1",
              "Mixes the images of a batch pairwise, and what they show alike, by weights drawn from Beta(alpha, alpha)"
                  + " with that alpha.",
              MixUp::of),
          new AugmentationEntry(
              "cutmix=1",
              "Pastes a rectangle of one image into another, and what they show counts by area, drawn from Beta(alpha,"
                  + " alpha) with that alpha.",
              CutMix::of));

  /** Leaves images as they are. */
  public static final Augmentations NONE = new Augmentations(List.of(), List.of());

  private final List<String> entries;
  private final List<PictureChange> changes = new ArrayList<>();
  private final List<BatchMix> mixes = new ArrayList<>();

  private Augmentations(List<String> entries, List<Augmentation> all) {
    this.entries = List.copyOf(entries);
    for (Augmentation augmentation : all) {
      if (augmentation instanceof PictureChange change) {
        changes.add(change);
      } else if (augmentation instanceof BatchMix mix) {
        mixes.add(mix);
      }
    }
  }

  /**
   * Those of a list such as {@code horizontal-flip, rotation=15, mixup=0.2}.
   *
   * @throws IllegalArgumentException naming the entry that is wrong, and what it may have meant
   */
  public static Augmentations of(List<String> entries) {
    return new Augmentations(entries, entries.stream().map(Augmentations::parse).toList());
  }

  /** Changes one picture, by each in turn. */
  public void change(Picture picture, SplittableRandom random) {
    changes.forEach(change -> change.change(picture, random));
  }

  /** Mixes a batch, by one of those that mix, drawn at random. */
  public void mix(Batch batch, SplittableRandom random) {
    if (!mixes.isEmpty() && batch.images() > 1) {
      mixes.get(random.nextInt(mixes.size())).mix(batch, random);
    }
  }

  /** The list that it was made from. */
  @Override
  public String toString() {
    return String.join(", ", entries);
  }

  private static Augmentation parse(String entry) {
    Parameters parameters = new Parameters(entry);
    AugmentationEntry known =
        CATALOGUE.stream()
            .filter(e -> e.name().equals(parameters.name()))
            .findFirst()
            .orElseThrow(() -> parameters.wrong(nothingOfTheKind(parameters.name())));
    Augmentation augmentation = known.factory().apply(parameters);
    parameters.checkAllKnown();
    return augmentation;
  }

  private static String nothingOfTheKind(String name) {
    return "there is no such augmentation.%s There are %s."
        .formatted(
            NearMatch.hint(name, CATALOGUE.stream().map(AugmentationEntry::name)),
            CATALOGUE.stream().map(AugmentationEntry::name).collect(Collectors.joining(", ")));
  }
}
