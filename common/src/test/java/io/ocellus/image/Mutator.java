package io.ocellus.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/**
 * Damages images where it hurts: single bits, numbers that decoders calculate with, pieces that are
 * missing, twofold or another image's. A PNG's checksums are made right again most of the time,
 * because otherwise nothing of it would be looked at.
 */
final class Mutator {
  private static final int[] NUMBERS = {
    0,
    1,
    2,
    3,
    7,
    8,
    0x7f,
    0x80,
    0xff,
    0x100,
    0x7fff,
    0x8000,
    0xffff,
    0x10000,
    0x7fffffff,
    0x80000000,
    0xffffffff,
    0x40000000,
    0x55555555,
    1_000_001
  };
  private static final int MOST_HITS = 6;
  private static final int PNG_SIGNATURE = 8;

  private final List<byte[]> corpus;
  private final SplittableRandom random;

  Mutator(List<byte[]> corpus, long seed) {
    this.corpus = corpus;
    this.random = new SplittableRandom(seed);
  }

  /** Another damaged version of that image. */
  byte[] damaged(byte[] whole) {
    byte[] bytes = whole.clone();
    int hits = 1 + random.nextInt(MOST_HITS);
    for (int i = 0; i < hits && bytes.length > 0; i++) {
      bytes = hit(bytes);
    }
    if (random.nextInt(4) != 0) {
      repairChecksums(bytes);
    }
    return bytes;
  }

  private byte[] hit(byte[] bytes) {
    int at = place(bytes.length);
    switch (random.nextInt(9)) {
      case 0 -> bytes[at] = (byte) random.nextInt(256);
      case 1, 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 3, 4 -> number(bytes, at);
      case 5 -> {
        int end = Math.min(bytes.length, at + 1 + random.nextInt(16));
        Arrays.fill(bytes, at, end, (byte) (random.nextBoolean() ? 0 : 0xff));
      }
      case 6 -> {
        return spliced(bytes, at, bytes);
      }
      case 7 -> {
        return spliced(bytes, at, corpus.get(random.nextInt(corpus.size())));
      }
      default -> {
        return random.nextBoolean() ? Arrays.copyOf(bytes, at) : without(bytes, at);
      }
    }
    return bytes;
  }

  /** More often near the beginning, where headers are. */
  private int place(int length) {
    return random.nextInt(random.nextBoolean() ? Math.min(length, 128) : length);
  }

  private void number(byte[] bytes, int at) {
    ByteBuffer buffer =
        ByteBuffer.wrap(bytes)
            .order(random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    int number = NUMBERS[random.nextInt(NUMBERS.length)];
    if (random.nextBoolean() && at + Integer.BYTES <= bytes.length) {
      buffer.putInt(at, number);
    } else if (at + Short.BYTES <= bytes.length) {
      buffer.putShort(at, (short) number);
    }
  }

  private byte[] spliced(byte[] bytes, int at, byte[] other) {
    int from = random.nextInt(other.length);
    int length = Math.min(other.length - from, 1 + random.nextInt(64));
    byte[] longer = new byte[bytes.length + length];
    System.arraycopy(bytes, 0, longer, 0, at);
    System.arraycopy(other, from, longer, at, length);
    System.arraycopy(bytes, at, longer, at + length, bytes.length - at);
    return longer;
  }

  private byte[] without(byte[] bytes, int at) {
    int length = Math.min(bytes.length - at, 1 + random.nextInt(32));
    byte[] shorter = Arrays.copyOf(bytes, bytes.length - length);
    System.arraycopy(bytes, at + length, shorter, at, shorter.length - at);
    return shorter;
  }

  /** Of the chunks of a PNG that are still to be found one after the other. */
  static void repairChecksums(byte[] bytes) {
    if (bytes.length < PNG_SIGNATURE || bytes[1] != 'P' || bytes[2] != 'N') {
      return;
    }
    ByteBuffer png = ByteBuffer.wrap(bytes);
    int at = PNG_SIGNATURE;
    while (at + 12 <= bytes.length) {
      int length = png.getInt(at);
      if (length < 0 || length > bytes.length - at - 12) {
        return;
      }
      CRC32 checksum = new CRC32();
      checksum.update(bytes, at + 4, 4 + length);
      png.putInt(at + 8 + length, (int) checksum.getValue());
      at += 12 + length;
    }
  }
}
