package io.ocellus.image.hostile;

import io.ocellus.image.ImageLimits;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Random choices in the sizes that hurt: as often as not the most that the limits allow. */
final class Dice {
  private static final int[] NUMBERS = {
    0,
    1,
    2,
    3,
    0x7f,
    0x80,
    0xff,
    0x100,
    0x7fff,
    0x8000,
    0xffff,
    0x10000,
    0x1fffffff,
    0x40000000,
    0x55555555,
    0x7fffffff,
    0x80000000,
    0xfffffff4,
    0xfffffff8,
    0xffffffff,
    1_000_001
  };

  /** Room for what surrounds that which grows. */
  private static final int SURROUNDINGS = 4096;

  private final RandomGenerator random;
  private final ImageLimits limits;

  Dice(RandomGenerator random, ImageLimits limits) {
    this.random = random;
    this.limits = limits;
  }

  /** Width and height. */
  record Sides(int width, int height) {}

  /** 0 to n - 1. */
  int below(int n) {
    return random.nextInt(n);
  }

  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  @SafeVarargs
  final <V> V of(V... values) {
    return values[random.nextInt(values.length)];
  }

  <V> V of(List<V> values) {
    return values.get(random.nextInt(values.size()));
  }

  /** One that decoders calculate wrongly with. */
  int number() {
    return oneIn(3) ? -random.nextInt(32) : NUMBERS[random.nextInt(NUMBERS.length)];
  }

  /** A length that leads back to where it stands, or before, given that of what surrounds it. */
  int backwards(int surroundings) {
    return oneIn(2) ? -surroundings * (1 + (oneIn(2) ? 0 : random.nextInt(4))) : number();
  }

  /** 1 to the most; every second time the most, otherwise of any magnitude. */
  int upTo(long most) {
    int top = (int) Math.max(1, Math.min(most, Integer.MAX_VALUE - 1));
    return random.nextBoolean() ? top : magnitude(top);
  }

  /** How many pieces of that length there are, within what an image may have in bytes. */
  int times(int length) {
    return upTo(room() / Math.max(1, length));
  }

  /** How many bytes can be added to a small image. */
  int room() {
    return (int) Math.max(1, limits.maxBytes() - SURROUNDINGS);
  }

  /** How many pixels an image may have. */
  int pixels() {
    return (int) Math.min(limits.maxPixels(), Integer.MAX_VALUE - 1);
  }

  /** How many bytes something may unpack to that nobody should unpack. */
  int bomb() {
    return upTo(Math.min(100 * limits.maxBytes(), 1L << 29));
  }

  /** At most as many pixels as are allowed: squares, lines, columns and everything between. */
  Sides sides(int longest) {
    int pixels = upTo(limits.maxPixels());
    int width =
        switch (random.nextInt(4)) {
          case 0 -> 1;
          case 1 -> pixels;
          case 2 -> (int) Math.sqrt(pixels);
          default -> magnitude(pixels);
        };
    width = Math.max(1, Math.min(width, longest));
    return new Sides(width, Math.max(1, Math.min(pixels / width, longest)));
  }

  /** Bytes of one value, or of any. */
  byte[] filler(int length) {
    byte[] bytes = new byte[length];
    switch (random.nextInt(4)) {
      case 0 -> {}
      case 1 -> Arrays.fill(bytes, (byte) 1);
      case 2 -> Arrays.fill(bytes, (byte) random.nextInt(256));
      default -> random.nextBytes(bytes);
    }
    return bytes;
  }

  private int magnitude(int top) {
    return (int) Math.round(Math.exp(random.nextDouble() * Math.log(top)));
  }
}
