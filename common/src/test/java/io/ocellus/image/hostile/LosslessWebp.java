package io.ocellus.image.hostile;

import io.ocellus.image.hostile.Dice.Sides;

/**
 * The content of a VP8L chunk that is a picture of one colour, whose pixels take no bits (<a
 * href="https://www.rfc-editor.org/rfc/rfc9649#name-specification-for-webp-loss">RFC 9649, 3</a>).
 */
final class LosslessWebp {
  private static final int PREDICTOR = 0;
  private static final int COLOUR = 1;
  private static final int SUBTRACT_GREEN = 2;
  private static final int PALETTE = 3;
  private static final int CODES = 5;
  private static final int MOST_GROUPS = 1 << 16;

  private final BitWriter bits = new BitWriter();
  private final Dice dice;

  private LosslessWebp(Dice dice) {
    this.dice = dice;
  }

  /** With transforms or without them, a colour cache, and groups of prefix codes. */
  static byte[] flat(Sides sides, Dice dice) {
    LosslessWebp picture = new LosslessWebp(dice);
    picture.bits.put(0x2f, 8).put(sides.width() - 1, 14).put(sides.height() - 1, 14).put(0, 4);
    return picture.content();
  }

  /** As an ALPH chunk has it, without its header. */
  static byte[] alpha(Dice dice) {
    return new LosslessWebp(dice).content();
  }

  private byte[] content() {
    for (int transform : new int[] {PREDICTOR, COLOUR, SUBTRACT_GREEN, PALETTE}) {
      if (dice.oneIn(transform == PALETTE ? 8 : 2)) {
        bits.put(1, 1).put(transform, 2);
        transform(transform);
      }
    }
    bits.put(0, 1);
    cache();
    int groups = groups();
    for (int i = 0; i < groups; i++) {
      codes(0);
    }
    return ByteWriter.joined(bits.bytes(), dice.filler(dice.oneIn(2) ? 16 : dice.below(100_000)));
  }

  private void transform(int transform) {
    if (transform == SUBTRACT_GREEN) {
      return;
    }
    if (transform == PALETTE) {
      bits.put(dice.below(256), 8);
    } else {
      bits.put(dice.below(8), 3);
    }
    cache();
    codes(transform == PREDICTOR ? dice.below(14) : dice.below(256));
  }

  private void cache() {
    boolean cached = dice.oneIn(4);
    bits.put(cached ? 1 : 0, 1);
    if (cached) {
      bits.put(1 + dice.below(11), 4);
    }
  }

  /** All blocks have the last group; decoders read all up to it. */
  private int groups() {
    boolean several = dice.oneIn(3);
    bits.put(several ? 1 : 0, 1);
    if (!several) {
      return 1;
    }
    int count = dice.upTo(Math.min(MOST_GROUPS, dice.room() / 4));
    bits.put(dice.below(8), 3).put(0, 1);
    code((count - 1) & 0xff);
    code((count - 1) >> 8);
    for (int i = 2; i < CODES; i++) {
      code(0);
    }
    return count;
  }

  private void codes(int green) {
    code(green);
    for (int i = 1; i < CODES; i++) {
      code(0);
    }
  }

  /** A prefix code of one symbol. */
  private void code(int symbol) {
    bits.put(1, 1).put(0, 1);
    if (symbol < 2) {
      bits.put(0, 1).put(symbol, 1);
    } else {
      bits.put(1, 1).put(symbol, 8);
    }
  }
}
