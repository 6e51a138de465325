package io.ocellus.trainer.augment;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ObjDoubleConsumer;

/**
 * A few operations drawn from fourteen, all of one strength (Cubuk et al., RandAugment, 2020), with
 * torchvision's operations and strengths; geometry is bilinear.
 *
 * @param operations how many a picture gets, one after the other
 * @param magnitude strength, 0 to 30
 */
record RandAugment(int operations, double magnitude) implements PictureChange {
  private static final int STRONGEST = 30;
  private static final double FURTHEST = 150.0 / 331;

  private static final List<Operation> ALL =
      List.of(
          signed(0, (p, m) -> {}),
          signed(0.3, (p, m) -> Affine.shear(m, 0).apply(p)),
          signed(0.3, (p, m) -> Affine.shear(0, m).apply(p)),
          signed(FURTHEST, (p, m) -> Affine.translation((int) (m * p.size()), 0).apply(p)),
          signed(FURTHEST, (p, m) -> Affine.translation(0, (int) (m * p.size())).apply(p)),
          signed(30, (p, m) -> Affine.rotation(m).apply(p)),
          signed(0.9, (p, m) -> Colours.brightness(p, 1 + m)),
          signed(0.9, (p, m) -> Colours.saturation(p, 1 + m)),
          signed(0.9, (p, m) -> Colours.contrast(p, 1 + m)),
          signed(0.9, (p, m) -> Colours.sharpness(p, 1 + m)),
          oneWay(4, (p, m) -> Colours.posterize(p, 8 - (int) Math.rint(m))),
          oneWay(1, (p, m) -> Colours.solarize(p, 1 - m)),
          oneWay(0, (p, m) -> Colours.autoContrast(p)),
          oneWay(0, (p, m) -> Colours.equalize(p)));

  static RandAugment of(Parameters parameters) {
    return new RandAugment(
        (int) parameters.value(2, 0, 14), parameters.number("magnitude", 9, 0, STRONGEST));
  }

  @Override
  public void change(Picture picture, SplittableRandom random) {
    for (int i = 0; i < operations; i++) {
      Operation operation = ALL.get(random.nextInt(ALL.size()));
      boolean negative = random.nextBoolean() && operation.signed();
      double strength = operation.most() * magnitude / STRONGEST;
      operation.change().accept(picture, negative ? -strength : strength);
    }
  }

  private static Operation signed(double most, ObjDoubleConsumer<Picture> change) {
    return new Operation(true, most, change);
  }

  private static Operation oneWay(double most, ObjDoubleConsumer<Picture> change) {
    return new Operation(false, most, change);
  }

  private record Operation(boolean signed, double most, ObjDoubleConsumer<Picture> change) {}
}
